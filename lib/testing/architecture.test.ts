import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { corePermissionNames } from '@/lib/access/permissions'

const LINES_MAX = 300
const TEST_LINES_MAX = 500

function* filesBelow(folder: string): Generator<string> {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name)
    if (path === 'lib/generated' || name === 'node_modules') continue
    if (statSync(path).isDirectory()) yield* filesBelow(path)
    else if (/\.(ts|tsx|mts|mjs)$/.test(name)) yield path
  }
}

type Import = { of: string; isType: boolean }
type Source = { path: string; text: string; imports: Import[] }

const IMPORT = /^(?:import|export)\s+(type\s)?[^'"]*?from\s+'([^']+)'|^import\s+'([^']+)'|import\('([^']+)'\)/gm

/** An import as a path from the root of the project, without extension; packages as they are named. */
function resolveImport(from: string, name: string): string {
  if (name.startsWith('@/')) return name.slice(2)
  return name.startsWith('.') ? join(dirname(from), name) : name
}

function read(path: string): Source {
  const text = readFileSync(path, 'utf8')
  const imports = [...text.matchAll(IMPORT)].map((match) => ({ isType: match[1] !== undefined, of: resolveImport(path, match[2] ?? match[3] ?? match[4] ?? '') }))
  return { path, text, imports }
}

const sources = [...['app', 'components', 'lib', 'scripts', 'bench', 'e2e'].filter((folder) => existsSync(folder)).flatMap((folder) => [...filesBelow(folder)]), 'server.ts'].map(read)
const isTest = ({ path }: Source): boolean => /\.test\.tsx?$/.test(path) || path.startsWith('lib/testing/') || path.includes('/testing/')
const production = sources.filter((source) => !isTest(source) && !/^(scripts|bench|e2e)\//.test(source.path))
const within = (folder: string) => production.filter(({ path }) => path.startsWith(`${folder}/`))

/** Files of `from` that import something matching at run time, as "file -> import". */
const breaches = (from: readonly Source[], forbidden: RegExp): string[] =>
  from.flatMap(({ path, imports }) => imports.filter(({ of, isType }) => !isType && forbidden.test(of)).map(({ of }) => `${path} -> ${of}`))

const hasDirective = (source: Source, name: string): boolean => new RegExp(`^(?:\\s|//[^\\n]*\\n|/\\*[\\s\\S]*?\\*/)*['"]${name}['"]`).test(source.text)

describe('who may import whom', () => {
  test('lib imports neither app nor components', () => {
    expect(breaches(within('lib'), /^(app|components)\//)).toEqual([])
  })

  test('components import no page', () => {
    expect(breaches(within('components'), /^app\//)).toEqual([])
  })

  test('components read nothing for themselves: props come in, actions go out', () => {
    expect(breaches(within('components'), /^lib\/(db|generated|command|seed|server|api|jobs)(\/|$)|^lib\/features\/[^/]+\/(queries|operations|list|http)$|^lib\/boundary\/perform$|^(pg|@prisma\/)/)).toEqual([])
  })

  test('components/ui knows no word of the domain', () => {
    expect(breaches(within('components/ui'), /^lib\/(features|access|boundary)\/|^components\/(?!ui\/)/)).toEqual([])
  })

  test('rules and schemas are pure', () => {
    const pure = production.filter(({ path }) => /^lib\/features\/[^/]+\/(rules|schema)\.ts$/.test(path))
    expect(breaches(pure, /^lib\/(db|generated|mail|jobs|request|env|log)(\/|$)|\/(queries|operations|actions|http)$|^(pg|next|node:(fs|net|http))/).filter((line) => !line.includes('node:net'))).toEqual([])
  })

  test('doors of features reach the database through queries and operations only', () => {
    const doors = production.filter(({ path }) => /^lib\/features\/[^/]+\/(http|[a-z-]*actions)\.ts$/.test(path))
    expect(breaches(doors, /^lib\/(db|generated)(\/|$)|^(pg|@prisma\/)/)).toEqual([])
  })

  test('what decides knows nothing of features or doors', () => {
    expect(breaches(within('lib/access'), /^lib\/(features|boundary|api|server|command)\//)).toEqual([])
  })

  test('doors know no feature', () => {
    expect(breaches(within('lib/boundary'), /^lib\/(features|api|server|command)\//)).toEqual([])
  })

  test('plain PostgreSQL is spoken where connections are made or rows are poured in', () => {
    expect(breaches(production, /^pg$/).filter((line) => !/^lib\/(database|seed|access\/snapshots|jobs)\//.test(line))).toEqual([])
  })

  test('tables are made with components/data-table', () => {
    expect(breaches(production.filter(({ path }) => !path.startsWith('components/data-table/')), /^@tanstack\//)).toEqual([])
  })
})

describe('what reaches a browser', () => {
  const byPath = new Map(production.map((source) => [source.path.replace(/\.(tsx?|mts|mjs)$/, ''), source]))

  /** Everything a client component brings along; server actions are calls, not code. */
  function bundleOf(source: Source, seen = new Set<string>()): Set<string> {
    for (const { of, isType } of source.imports) {
      if (isType || seen.has(of)) continue
      const next = byPath.get(of)
      if (next && hasDirective(next, 'use server')) continue
      seen.add(of)
      if (next) bundleOf(next, seen)
    }
    return seen
  }

  test('holds no database, no environment, no zod', () => {
    const client = production.filter((source) => hasDirective(source, 'use client'))
    expect(client.length).toBeGreaterThan(10)
    const wrong = client.flatMap((source) => [...bundleOf(source)].filter((of) => /^(zod|pg|argon2|@prisma\/.*|@node-rs\/.*|node:.*|server-only)$|^lib\/(db|env|generated|secrets|request)(\/|$)/.test(of)).map((of) => `${source.path} -> ${of}`))
    expect(wrong).toEqual([])
  })
})

/** What every server action goes through: each of them finds out who asks, checks, and audits. */
const DOORS = /\b(defineAction|defineAccountAction|defineBulkAction|defineReadAction|defineAccountReadAction|defineRehearsal|defineBulkRehearsal|submitForm|submitInPlace|perform|performForAccount|performPublic|readAs|readAsMember|enteredPage|verifyAudit)\b/
/** Changes a cookie of the asking browser and nothing else. */
const HARMLESS_ACTIONS = new Set(['setThemeAction'])

describe('server actions', () => {
  const actions = production.filter((source) => hasDirective(source, 'use server')).flatMap(({ path, text }) => {
    const pieces = text.split(/^(?=export )/m).slice(1)
    return pieces.map((piece) => ({ path, piece, name: /^export (?:const|async function|function) (\w+)/.exec(piece)?.[1] ?? '' })).filter(({ name }) => name !== '')
  })

  test.each(actions)('$name ($path) goes through a door', ({ name, piece }) => {
    if (!HARMLESS_ACTIONS.has(name)) expect(piece).toMatch(DOORS)
  })

  test('are all found', () => {
    expect(actions.length).toBeGreaterThan(15)
    expect(production.filter(({ text }) => /\{\s*['"]use server['"]/.test(text)).map(({ path }) => path)).toEqual([])
  })
})

/** Permissions whose door comes with a later capability. One that is used by now is taken off this list. */
const COMING = new Set([
  'organization:delete',
  'billing:read', 'billing:write',
])

test('every permission of our own guards a door, or is known to come', () => {
  const doors = production.filter(({ path }) => path.startsWith('app/') || path.startsWith('lib/features/') || path.startsWith('lib/api/'))
  const used = (permission: string) => doors.some(({ text }) => text.includes(`'${permission}'`))
  expect(corePermissionNames.filter((permission) => !used(permission) && !COMING.has(permission))).toEqual([])
})

describe('settings', () => {
  const READERS = [/^lib\/(env|log)\.ts$/, /^lib\/server\/start-up\.ts$/, /^server\.ts$/, /^lib\/command\//, /^lib\/database\//]

  test('the environment is read in few places', () => {
    const readers = production.filter(({ text }) => /\bprocess\.env\b/.test(text)).map(({ path }) => path)
    expect(readers.filter((path) => !READERS.some((allowed) => allowed.test(path)))).toEqual([])
  })

  test('every variable is documented', () => {
    const example = readFileSync('.env.example', 'utf8')
    const declared = [...readFileSync('lib/env.ts', 'utf8').matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map(([, name = '']) => name)
    const read = production.flatMap(({ text }) => [...text.matchAll(/process\.env(?:\.|\[')([A-Z][A-Z_]+)/g)].map(([, name = '']) => name))
    const ours = [...new Set([...declared, ...read])].filter((name) => !['NODE_ENV', 'PATH', 'HOME', 'NEXTAUTH_URL', 'NEXTAUTH_SECRET', 'VITEST_POOL_ID'].includes(name))
    expect(ours.filter((name) => !new RegExp(`^#? ?${name}=`, 'm').test(example))).toEqual([])
  })
})

describe('files', () => {
  test('are short enough to be read', () => {
    const long = sources.map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
    expect(long.filter(({ path, lines }) => lines > (/\.(test|spec)\.tsx?$/.test(path) ? TEST_LINES_MAX : LINES_MAX))).toEqual([])
  })

  test('say in their names what they hold', () => {
    const vague = /(^|\/)(index|utils?|helpers?|misc|common|shared)(\.[a-z]+)+$/
    expect(sources.map(({ path }) => path).filter((path) => vague.test(path))).toEqual([])
    const named = sources.map(({ path }) => path.split('/').at(-1) ?? '').filter((name) => !/^[a-z0-9-]+(\.[a-z]+)*\.(tsx?|mts|mjs)$/.test(name))
    expect(named).toEqual([])
  })

  test('have named exports, but where Next.js wants a default', () => {
    const withDefault = sources.filter(({ text }) => /^export default /m.test(text)).map(({ path }) => path)
    expect(withDefault.filter((path) => !/^app\/.*\/?(page|layout|not-found|error|loading|global-error|template|forbidden|unauthorized)\.tsx$/.test(path) && !/config\.(ts|mjs)$|global-(setup|teardown)\.ts$/.test(path))).toEqual([])
  })
})
