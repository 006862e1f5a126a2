import { describe, expect, test } from 'vitest'
import type { TreeLevel, TreeNode } from '@/lib/features/resources/tree'
import { isAtOrBelow, linesOf, stepOf, typedAhead } from './tree-lines'

const free = { edit: null, rename: null, move: null, delete: null }
const node = (id: string, isBranch = true): TreeNode => ({ id, name: id, type: 'folder', typeTitle: 'Folder', isBranch, denied: free, refusal: null })
const level = (parentId: string, nodes: TreeNode[], nextCursor: string | null = null): [string, TreeLevel] => [parentId, { parentId, nodes, nextCursor }]

const levels = new Map([level('org', [node('prod'), node('test', false)], 'c1'), level('prod', [node('europe', false)])])
const lines = (...open: string[]) => linesOf(node('org'), levels, new Set(open))
const shown = (...open: string[]) => lines(...open).map(({ id, depth, position, size }) => `${id} ${depth} ${position}/${size}`)

describe('lines', () => {
  test('are those of open nodes, with their place', () => {
    expect(shown()).toEqual(['org 1 1/1'])
    expect(shown('org')).toEqual(['org 1 1/1', 'prod 2 1/3', 'test 2 2/3', 'org more 2 3/3'])
    expect(shown('org', 'prod', 'test')).toEqual(['org 1 1/1', 'prod 2 1/3', 'europe 3 1/1', 'test 2 2/3', 'org more 2 3/3'])
  })

  test('are none below what is open but not loaded', () => {
    const [root] = linesOf(node('org'), new Map(), new Set(['org']))
    expect(root).toMatchObject({ id: 'org', isOpen: true })
  })
})

test.each([
  ['org', 'ArrowDown', { focus: 'prod' }], ['org', 'ArrowUp', null], ['org', 'ArrowLeft', { toggle: 'org' }], ['org', 'ArrowRight', { focus: 'prod' }],
  ['prod', 'ArrowRight', { toggle: 'prod' }], ['prod', 'ArrowLeft', { focus: 'org' }], ['test', 'ArrowRight', null], ['test', 'ArrowLeft', { focus: 'org' }],
  ['org more', 'ArrowLeft', { focus: 'org' }], ['org more', 'ArrowDown', null], ['test', 'Home', { focus: 'org' }], ['org', 'End', { focus: 'org more' }], ['org', 'x', null], ['gone', 'Home', null],
])('at %s, %s does %j', (focused, key, step) => {
  expect(stepOf(lines('org'), focused, key)).toEqual(step)
})

test('typing finds the next that begins so, and goes around', () => {
  expect([typedAhead(lines('org'), 'org', 't'), typedAhead(lines('org'), 'test', 'P'), typedAhead(lines('org'), 'prod', 'pr'), typedAhead(lines('org'), 'org', 'z')]).toEqual(['test', 'prod', 'prod', null])
})

test('a node knows what it lies in', () => {
  const all = lines('org', 'prod')
  expect([isAtOrBelow(all, 'europe', 'prod'), isAtOrBelow(all, 'prod', 'prod'), isAtOrBelow(all, 'prod', 'europe'), isAtOrBelow(all, 'europe', 'org')]).toEqual([true, true, false, true])
})
