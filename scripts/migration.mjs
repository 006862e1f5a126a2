// `node scripts/migration.mjs add_reviews` writes the migration that leads from the last one to prisma/schema.
// `--empty` makes one to be written by hand, for what Prisma's language cannot say.
// `--record` writes no migration, only that the existing ones lead to prisma/schema: after editing the newest one
// by hand while nobody has applied it.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readSchema, schemaDiff } from './schema-diff.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const migrations = join(root, 'prisma', 'migrations')
const HEADER = `// The schema that the migrations beside this file lead to. Written by scripts/migration.mjs; do not edit.\n\n`

const [name = '', flag] = process.argv.slice(2)
if (!/^[a-z][a-z0-9_]*$/.test(name) || (flag && !['--empty', '--record'].includes(flag))) {
  console.error('Usage: node scripts/migration.mjs <name_in_lower_case> [--empty | --record]')
  process.exit(2)
}

const wanted = readSchema(join(root, 'prisma', 'schema'))
const script = flag ? '' : await schemaDiff(existsSync(migrations) ? readSchema(migrations) : [], wanted)
if (!flag && script === '') {
  console.log('The schema has not changed: there is nothing to migrate.')
  process.exit(0)
}

writeFileSync(join(migrations, 'schema.prisma'), HEADER + wanted.map(({ content }) => content.trim()).join('\n\n') + '\n')
if (flag === '--record') process.exit(0)

const time = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
const folder = join(migrations, `${time}_${name}`)
mkdirSync(folder, { recursive: true })
writeFileSync(join(folder, 'migration.sql'), `-- Why:\n-- How:\n-- Locks:\n\n${script}`)
console.log(`Wrote ${join(folder, 'migration.sql')}. Review it, and say in it why it is needed and what it locks.`)
