import { parse } from 'csv-parse/sync'
import type { Ctx } from '@/lib/access/context'
import { AppError } from '@/lib/errors'
import { cidrOf, rangeProblem } from './rules'
import { ENTRIES_MAX, EntryTerms, type EntryInput, type ImportInput } from './schema'
import type { z } from 'zod'

export type ImportStatus = 'new' | 'repairable' | 'duplicate' | 'invalid'

/** What would become of one row. */
export type ImportRow = { line: number; text: string; status: ImportStatus; detail: string | null; repaired: string | null }

const asText = (value: unknown): string => (typeof value === 'string' ? value : '')

/** A row of CSV: address, description, surfaces with spaces between, end. A heading names the columns in any order. */
function rowsOfCsv(csv: string): unknown[] {
  let records: string[][]
  try {
    records = parse(csv, { bom: true, skip_empty_lines: true, trim: true, relax_column_count: true, to: ENTRIES_MAX + 1 })
  } catch (error) {
    throw new AppError('invalid-input', 'the CSV could not be read', { fields: [{ path: 'csv', message: error instanceof Error ? error.message.slice(0, 200) : 'unreadable' }] })
  }
  const first = (records[0] ?? []).map((name) => name.toLowerCase())
  const hasHeading = first.includes('cidr') || first.includes('address')
  const names = hasHeading ? first : ['cidr', 'description', 'surfaces', 'expiresat']
  const at = (record: readonly string[], ...known: string[]): string => record[names.findIndex((name) => known.includes(name))] ?? ''
  return records.slice(hasHeading ? 1 : 0).map((record) => {
    const [surfaces, expiresAt] = [at(record, 'surfaces'), at(record, 'expiresat', 'expires_at', 'ends')]
    return { cidr: at(record, 'cidr', 'address'), description: at(record, 'description', 'note'), ...(surfaces !== '' && { surfaces: surfaces.split(/[\s;|]+/) }), ...(expiresAt !== '' && { expiresAt }) }
  })
}

/**
 * Judges rows one by one against each other and what is there.
 *
 * @returns what becomes of each row, and the entries that would be added
 * @throws AppError `invalid-input` naming the first row that is not as it has to be; with `isTrial` never
 */
export async function judgeImport(ctx: Ctx<'allowlist:write'>, { csv, entries: given, repair }: z.output<typeof ImportInput>, isTrial = false): Promise<{ rows: ImportRow[]; entries: EntryInput[] }> {
  const raw = given ?? rowsOfCsv(csv ?? '')
  if (raw.length > ENTRIES_MAX) throw new AppError('invalid-input', `give at most ${ENTRIES_MAX} rows`, { fields: [{ path: csv === undefined ? 'entries' : 'csv', message: `Give at most ${ENTRIES_MAX} rows` }] })
  const stored = await ctx.tx.allowlistEntry.findMany({ where: { organizationId: ctx.orgId, OR: [{ pending: null }, { pending: { not: 'removed' } }] }, select: { cidr: true } })
  const known = new Set(stored.map(({ cidr }) => cidr))
  const rows: ImportRow[] = []
  const entries: EntryInput[] = []
  raw.forEach((row, index) => {
    const record = typeof row === 'string' ? { cidr: row } : row
    const text = typeof record === 'object' && record !== null && 'cidr' in record ? asText(record.cidr) : ''
    const tell = (status: ImportStatus, detail: string | null, repaired: string | null = null) => rows.push({ line: index + 1, text, status, detail, repaired })
    const problem = rangeProblem(text)
    if (problem !== null && (problem.repaired === null || !repair)) return tell(problem.repaired === null ? 'invalid' : 'repairable', problem.message, problem.repaired)
    const { cidr: _read, ...rest }: { cidr?: unknown } = typeof record === 'object' && record !== null ? record : {}
    const parsed = EntryTerms.safeParse(rest)
    if (!parsed.success) return tell('invalid', parsed.error.issues[0]?.message ?? 'This is no entry')
    const cidr = cidrOf(problem?.repaired ?? text)
    if (known.has(cidr)) return tell('duplicate', `${cidr} is on the list already`)
    known.add(cidr)
    entries.push({ ...parsed.data, cidr })
    return tell('new', problem?.message ?? null, problem?.repaired ?? null)
  })
  const bad = isTrial ? undefined : rows.find(({ status }) => status === 'invalid' || (!repair && status !== 'new'))
  if (bad) throw new AppError('invalid-input', `row ${bad.line} (\`${bad.text.slice(0, 60)}\`): ${bad.detail ?? bad.status}`, { fields: [{ path: `entries.${bad.line - 1}.cidr`, message: bad.detail ?? bad.status }] })
  return { rows, entries }
}
