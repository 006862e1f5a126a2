import { expect, test } from 'vitest'
import type { CodeRowView, FormRowView } from '@/lib/features/policies/editing-view'
import { policyChanges } from './policy-changes'

const row = (title: string, permissions: string[], id: string): FormRowView => ({
  kind: 'row', index: 0, start: 0, end: 0, category: 'Table', choice: null, title, permissions, resource: { kind: 'one', type: 'table', id }, place: { name: id, detail: 'Table', isMissing: false },
})
const code = (start: number, end: number): CodeRowView => ({ kind: 'code', index: 0, start, end, effect: 'forbid', reason: 'forbids', sentence: '' })

test('statements are told that came and went; order and comments do not count', () => {
  const before = { text: 'forbid(a);', reading: { rows: [row('Read', ['r'], 'x'), row('Add, Edit', ['a', 'e'], 'x'), code(0, 10)] } }
  const after = { text: '// why\nforbid(a);\nforbid(\n  b\n);', reading: { rows: [row('Edit, Add', ['e', 'a'], 'x'), code(7, 17), code(18, 32), row('Read', ['r'], 'y')] } }
  expect(policyChanges(before, after)).toEqual({ added: ['forbid( b );', 'Read · y'], removed: ['Read · x'] })
  expect(policyChanges(before, before)).toEqual({ added: [], removed: [] })
})

test('the same statement twice counts twice', () => {
  const once = { text: '', reading: { rows: [row('Read', ['r'], 'x')] } }
  const twice = { text: '', reading: { rows: [row('Read', ['r'], 'x'), row('Read', ['r'], 'x')] } }
  expect(policyChanges(once, twice)).toEqual({ added: ['Read · x'], removed: [] })
})
