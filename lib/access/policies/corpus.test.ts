import { describe, expect, test } from 'vitest'
import { cedarParts } from '@/lib/access/cedar'
import { formOf } from './form'
import { applyForm, type FormEdit } from './form-edits'
import { readPolicyText } from './policy-text'
import type { PolicyResource } from './scope'
import { readCorpus } from './testing/corpus'

const corpus = readCorpus()
const isUnreadable = ({ outcomes }: { outcomes: readonly string[] }) => outcomes.includes('error') || outcomes.includes('template')
const readable = corpus.filter((one) => !isUnreadable(one))

/** The same text as other editors would leave it. */
const variants = (text: string): [string, string][] => [
  ['as it is', text],
  ['with the line ends of Windows', text.replaceAll('\n', '\r\n')],
  ['without a last line end', text.replace(/\n$/, '')],
  ['after a long comment', `// ${'ü😀 '.repeat(40)}\n\n${text}`],
  ['twice', `${text}\n${text}`],
]

test('the corpus has a hundred policies and more', () => {
  expect(corpus.length).toBeGreaterThanOrEqual(110)
  expect(new Set(corpus.map(({ name, model }) => `${model.name} ${name}`)).size).toBe(corpus.length)
})

describe.each(corpus)('$name', ({ model, text, outcomes }) => {
  test('is told apart into rows and code', () => {
    const { rows, problems } = formOf(model, text)
    if (!isUnreadable({ outcomes })) {
      expect({ problems, kinds: rows.map((row) => (row.kind === 'row' ? 'row' : row.reason)) }).toEqual({ problems: [], kinds: outcomes })
      return
    }
    expect(rows).toEqual([])
    expect(problems.length).toBeGreaterThan(0)
    if (outcomes.includes('template')) expect(problems[0]).toMatchObject({ message: 'templates cannot be used here' })
  })
})

describe.each(readable)('$name', ({ model, text }) => {
  test.each(variants(text))('text to form to text is the identity: %s', (_, variant) => {
    const same: FormEdit[] = formOf(model, variant).rows.flatMap((row) => (row.kind === 'row' ? [{ kind: 'change', index: row.index, row }] : []))
    expect(applyForm(model, variant, [])).toBe(variant)
    expect(applyForm(model, variant, same)).toBe(variant)
  })

  test('is cut where Cedar cuts it', () => {
    const { statements } = readPolicyText(text)
    const read = cedarParts(text)
    expect('parts' in read && [...read.parts.statements].sort()).toEqual(statements.map(({ start, end }) => text.slice(start, end)).sort())
  })

  test('an edit touches its own statement and nothing else', () => {
    const { rows } = formOf(model, text)
    for (const target of rows) {
      const around = [text.slice(0, target.start), text.slice(target.end)]
      if (target.kind === 'row') {
        const resource: PolicyResource = { kind: 'one', type: 'organization', id: 'org "1"\n' }
        const after = applyForm(model, text, [{ kind: 'change', index: target.index, row: { permissions: ['gatehouse/audit:read'], resource } }])
        expect(after.startsWith(around[0] ?? '')).toBe(true)
        expect(after.endsWith(around[1] ?? '')).toBe(true)
        expect(formOf(model, after).rows[target.index]).toMatchObject({
          kind: 'row', permissions: ['gatehouse/audit:read'], resource, annotations: target.annotations,
        })
      }
      const without = applyForm(model, text, [{ kind: 'delete', index: target.index }])
      const others = rows.filter((row) => row !== target).map(({ start, end }) => text.slice(start, end))
      expect(formOf(model, without).rows.map(({ start, end }) => without.slice(start, end))).toEqual(others)
      expect(comments(without)).toEqual([...comments(around[0] ?? ''), ...comments(around[1] ?? '')])
    }
  })

  test('a new row goes to the end', () => {
    const after = applyForm(model, text, [{ kind: 'add', row: { permissions: '*', resource: { kind: 'everything' } } }])
    expect(after.startsWith(text.trim() === '' ? '' : text)).toBe(true)
    expect(formOf(model, after).rows.at(-1)).toMatchObject({ kind: 'row', permissions: '*', resource: { kind: 'everything' }, choice: '*' })
  })
})

/** Lines of comments outside statements; no text of the corpus has a comment sign in a string there. */
const comments = (text: string) => text.match(/\/\/[^\n\r]*/g) ?? []
