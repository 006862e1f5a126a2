/** When a role is to end, as a form has it: `never`, a number of days, or `date`. */
export type EndDraft = { choice: string; date: string; before: string | null }

const DAY_MS = 24 * 3600_000

/** The day so many days from now, `YYYY-MM-DD` in UTC. */
export const dayAfter = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10)

/** A form's beginning: no end, or the one that is there. */
export const endDraft = (before: string | null = null): EndDraft =>
  before === null || Date.parse(before) <= Date.now() ? { choice: 'never', date: dayAfter(30), before: null } : { choice: 'date', date: before.slice(0, 10), before }

/** What actions take: the exact end there was while its day stays, else the end of the chosen day. */
export function endOf({ choice, date, before }: EndDraft): string | null {
  if (choice === 'never') return null
  if (choice !== 'date') return new Date(Date.now() + Number(choice) * DAY_MS).toISOString()
  return before !== null && date !== '' && before.startsWith(date) ? before : `${date}T23:59:59.000Z`
}
