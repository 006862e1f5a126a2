import { Prisma } from '@/lib/generated/prisma/client'
import type { Filter } from './filter'
import type { AttributePath } from './path'
import type { Test } from './test'

const { sql, join } = Prisma
type Sql = Prisma.Sql

/** A column that holds an attribute; `lower` is how an index knows it whatever the case. */
export type Column = { type: 'text' | 'flag' | 'time'; value: Sql; lower?: Sql }

/** Where the database keeps what a filter asks for. */
export type FilterSource = {
  /** By path in dots; what is no column is looked for in `document`. */
  column: (path: string) => Column | undefined
  /** Lists that are tables of their own. `within` has `from` and the condition that joins it. */
  rows: (name: string) => { from: Sql; where: Sql; inside: FilterSource } | undefined
  document: Sql
}

const escaped = (text: string): string => text.replace(/[\\%_]/g, (sign) => `\\${sign}`)
const SIGNS = { eq: sql`=`, gt: sql`>`, ge: sql`>=`, lt: sql`<`, le: sql`<=` } as const

function textSql(test: Extract<Test, { type: 'text' }>, { value, lower }: Pick<Column, 'value' | 'lower'>): Sql {
  const [left, right] = test.isExact ? [value, (text: string) => sql`${text}::text`] : [lower ?? sql`lower(${value})`, (text: string) => sql`lower(${text}::text)`]
  switch (test.operator) {
    case 'co': return sql`${left} LIKE ${right(`%${escaped(test.value)}%`)}`
    case 'sw': return sql`${left} LIKE ${right(`${escaped(test.value)}%`)}`
    case 'ew': return sql`${left} LIKE ${right(`%${escaped(test.value)}`)}`
    case 'eq': return sql`${left} = ${right(test.value)}`
    default: return sql`${left} COLLATE "C" ${SIGNS[test.operator]} ${right(test.value)} COLLATE "C"`
  }
}

/** A test of a column. One of another kind never passes. */
function columnSql(test: Test, column: Column): Sql {
  if (test.type === 'flag' && column.type === 'flag') return test.value ? sql`(${column.value})` : sql`NOT (${column.value})`
  if (test.type === 'time' && column.type === 'time') return sql`${column.value} ${SIGNS[test.operator]} ${test.value}`
  return test.type === 'text' && column.type === 'text' ? textSql(test, column) : sql`false`
}

/** A test of one JSON value. */
function jsonSql(test: Test, value: Sql): Sql {
  const text = sql`(${value} #>> '{}')`
  switch (test.type) {
    case 'flag': return sql`${value} = ${String(test.value)}::jsonb`
    case 'number': return sql`(CASE WHEN jsonb_typeof(${value}) = 'number' THEN ${text}::float8 ${SIGNS[test.operator]} ${test.value}::float8 ELSE false END)`
    case 'time': return sql`false`
    case 'text': return sql`(jsonb_typeof(${value}) = 'string' AND ${textSql(test, { value: text })})`
  }
}

/** A member by its name as it is stored, or whatever the case where no schema says how it is written. */
function stepOf(name: string, isKnown: boolean): string {
  if (isKnown) return `.${JSON.stringify(name)}[*]`
  const pattern = `^${name.replace(/[\\^$.*+?()[\]{}|/-]/g, (sign) => `\\${sign}`)}$`
  return `.keyvalue() ? (@.key like_regex ${JSON.stringify(pattern)} flag "i").value[*]`
}

const isKnownAt = ({ names, attribute, parent }: AttributePath, index: number): boolean =>
  attribute !== undefined || (parent?.name !== undefined && parent.name !== '') || (index === 0 && names.length > 1 && (names[0] ?? '').startsWith('urn:ietf:params:scim:'))

/** A path through JSON; on the way lists are gone through, as everywhere in SCIM. */
const jsonPath = (path: AttributePath): string => `lax $${path.names.map((name, index) => stepOf(name, isKnownAt(path, index))).join('')}`

type Place = { source: FilterSource; depth: number }

function someSql(path: AttributePath, { source, depth }: Place, condition: (value: Sql) => Sql): Sql {
  const value = Prisma.raw(`v${depth}`)
  return sql`EXISTS (SELECT 1 FROM jsonb_path_query(${source.document}, ${jsonPath(path)}::jsonpath, '{}', true) AS ${value} WHERE ${condition(value)})`
}

const FILLED = (value: Sql): Sql => sql`${value} <> ALL (ARRAY['null', '""', '{}', '[]']::jsonb[])`

/** The rest of a path below a list that is a table of its own. */
const below = (path: AttributePath): AttributePath => ({ ...path, names: path.names.slice(1) })

function presentSql(path: AttributePath, place: Place): Sql {
  const { source } = place
  const column = source.column(path.names.join('.'))
  if (column) return column.type === 'text' ? sql`${column.value} <> ''` : sql`${column.value} IS NOT NULL`
  const rows = source.rows(path.names[0] ?? '')
  if (!rows) return someSql(path, place, FILLED)
  const rest = below(path)
  const condition = rest.names.length === 0 ? sql`true` : presentSql(rest, { source: rows.inside, depth: place.depth + 1 })
  return sql`EXISTS (SELECT 1 FROM ${rows.from} WHERE ${rows.where} AND ${condition})`
}

function testSql(path: AttributePath, test: Test, place: Place): Sql {
  const { source } = place
  const column = source.column(path.names.join('.'))
  if (column) return columnSql(test, column)
  const rows = source.rows(path.names[0] ?? '')
  if (!rows) return someSql(path, place, (value) => jsonSql(test, value))
  return sql`EXISTS (SELECT 1 FROM ${rows.from} WHERE ${rows.where} AND ${testSql(below(path), test, { source: rows.inside, depth: place.depth + 1 })})`
}

function hasSql(path: AttributePath, of: Filter, place: Place): Sql {
  const rows = place.source.rows(path.names[0] ?? '')
  const depth = place.depth + 1
  if (rows) return sql`EXISTS (SELECT 1 FROM ${rows.from} WHERE ${rows.where} AND ${filterSql(of, rows.inside, depth)})`
  return someSql(path, place, (value) => filterSql(of, { column: () => undefined, rows: () => undefined, document: value }, depth))
}

/**
 * A filter as a condition for PostgreSQL. Where something has no value the condition may be NULL, which counts as false;
 * a negation sees to that itself.
 */
export function filterSql(filter: Filter, source: FilterSource, depth = 0): Sql {
  const place = { source, depth }
  if ('path' in filter && filter.path.isElsewhere) return sql`false`
  switch (filter.kind) {
    case 'and': return sql`(${join(filter.of.map((each) => filterSql(each, source, depth)), ' AND ')})`
    case 'or': return sql`(${join(filter.of.map((each) => filterSql(each, source, depth)), ' OR ')})`
    case 'not': return sql`NOT coalesce(${filterSql(filter.of, source, depth)}, false)`
    case 'present': return presentSql(filter.path, place)
    case 'test': return testSql(filter.path, filter.test, place)
    case 'has': return hasSql(filter.path, filter.of, place)
  }
}
