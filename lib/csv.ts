import { stringify } from 'csv-stringify/sync'

/** Lines as RFC 4180 wants them; cells that a spreadsheet would run as a formula get an apostrophe in front. */
export const csvLines = (rows: readonly (readonly string[])[]): string => stringify(rows.map((row) => [...row]), { escape_formulas: true, record_delimiter: 'windows' })
