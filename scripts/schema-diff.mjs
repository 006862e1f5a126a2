// Prisma's own schema engine as WebAssembly: no download, no database.
import { readFileSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'

/**
 * The SQL that leads from one set of schema files to another; '' when they describe the same database.
 *
 * @param {{ path: string, content: string }[]} from may be empty
 * @param {{ path: string, content: string }[]} to
 */
export async function schemaDiff(from, to) {
  const { SchemaEngine } = await loadEngine()
  const engine = await SchemaEngine.new({ datamodels: to.map(({ path, content }) => [path, content]) }, () => {}, noDatabase)
  try {
    const { stdout } = await engine.diff({
      from: from.length > 0 ? { tag: 'schemaDatamodel', files: from } : { tag: 'empty' },
      to: { tag: 'schemaDatamodel', files: to },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    })
    return /^\s*(--.*\s*)*$/.test(stdout) ? '' : stdout
  } finally {
    engine.free()
  }
}

/** The schema files of a folder. */
export function readSchema(folder) {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.prisma'))
    .sort()
    .map((name) => ({ path: join(folder, name), content: readFileSync(join(folder, name), 'utf8') }))
}

let engineModule

/** By hand, since importing WebAssembly as a module is behind a flag in Node 20; once, since it can't be twice. */
function loadEngine() {
  return (engineModule ??= instantiate())
}

async function instantiate() {
  const folder = dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm'))
  const glue = await import(pathToFileURL(join(folder, 'schema_engine_bg.js')).href)
  const bytes = readFileSync(join(folder, 'schema_engine_bg.wasm'))
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': glue })
  glue.__wbg_set_wasm(instance.exports)
  globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: (message) => console.error(message) }
  instance.exports.__wbindgen_start()
  return glue
}

/**
 * The engine asks which PostgreSQL it writes for, even where it compares two texts: version 15, the oldest we
 * take, is answered, and whether the schema `public` is there.
 */
const ok = (value) => ({ ok: true, value, map: (change) => ok(change(value)), flatMap: (change) => change(value) })
const connection = {
  provider: 'postgres',
  adapterName: 'none',
  getConnectionInfo: () => ok({ schemaName: 'public', supportsRelationJoins: false }),
  queryRaw: async () =>
    ok({
      columnNames: ['exists', 'version', 'numeric_version'],
      columnTypes: [5, 7, 0], // boolean, text, 32-bit integer
      rows: [[true, 'PostgreSQL 15.0', 150_000]],
    }),
  executeRaw: async () => ok(0),
  executeScript: async () => ok(undefined),
  dispose: async () => ok(undefined),
}
const noDatabase = { provider: 'postgres', adapterName: 'none', connect: async () => ok(connection) }
