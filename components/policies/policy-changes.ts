import type { CodeRowView, FormRowView, PolicyReading } from '@/lib/features/policies/editing-view'

/** A text and what it says. */
export type ReadText = { text: string; reading: Pick<PolicyReading, 'rows'> }

/** Statements that one text has and the other does not, in words. */
export type PolicyChanges = { added: string[]; removed: string[] }

type Row = FormRowView | CodeRowView

const inWords = ({ text }: ReadText, row: Row): string => {
  if (row.kind === 'row') return `${row.title} · ${row.place.name}`
  const code = text.slice(row.start, row.end).replace(/\s+/g, ' ')
  return code.length > 120 ? `${code.slice(0, 119)}…` : code
}

/** What makes two statements the same: rows by what they say, code by its text. */
const sameness = ({ text }: ReadText, row: Row): string =>
  row.kind === 'row' ? JSON.stringify([row.permissions === '*' ? '*' : [...row.permissions].sort(), row.resource]) : text.slice(row.start, row.end)

/** Rows of one that the other does not have, as many times as it lacks them. */
function lacking(one: ReadText, other: ReadText): string[] {
  const left = other.reading.rows.map((row) => sameness(other, row))
  return one.reading.rows.flatMap((row) => {
    const at = left.indexOf(sameness(one, row))
    if (at < 0) return [inWords(one, row)]
    left.splice(at, 1)
    return []
  })
}

/** What a change of the text gives and takes; order, comments and layout do not count. */
export const policyChanges = (before: ReadText, after: ReadText): PolicyChanges => ({ added: lacking(after, before), removed: lacking(before, after) })
