import { z } from 'zod'
import { MODES, SURFACES } from '@/lib/access/allowlist/surfaces'
import type { Ctx } from '@/lib/access/context'
import { defineRead, defineRoute } from '@/lib/boundary/http'
import { dryRunQuery, withDryRun } from '@/lib/boundary/http-dry-run'
import { defineQuestion } from '@/lib/boundary/http-question'
import { idText, listOf, pageQuery, TimeText } from '@/lib/boundary/http-schema'
import { judgeImport } from './import'
import { confirmAllowlist, createEntry, deleteEntry, importEntries, revertAllowlist, tidyEntries, updateAllowlist, updateEntry } from './operations'
import { allEntries, checkAddress, findAllowlist, findEntry, listEntries } from './queries'
import { CheckInput, EntryId, ImportInput, UpdateEntryInput } from './schema'
import { listSightings } from './sightings'

const EXAMPLE_ID = 'ale_019a0b6e-7700-7eee-8f10-2a3b4c5d6e7f'
const INLINE_MAX = 10_000

const Entry = z.object({
  id: idText(EXAMPLE_ID, 'Id of the entry.'), cidr: z.string(), description: z.string(), surfaces: z.array(z.enum(SURFACES)), expiresAt: TimeText.nullable(),
  waiting: z.enum(['added', 'changed', 'removed']).nullable().meta({ description: 'What a change that waits to be confirmed did to it.' }),
  coveredBy: z.string().nullable().meta({ description: 'A wider entry that opens the same for as long: this one adds nothing.' }),
  createdBy: z.string(), createdAt: TimeText,
}).meta({ id: 'AllowlistEntry', description: 'An address or range from which the organization may be reached.' })

const example = { id: EXAMPLE_ID, cidr: '203.0.113.0/24', description: 'Office', surfaces: [...SURFACES], expiresAt: null, waiting: null, coveredBy: null, createdBy: 'admin@acme.test', createdAt: '2026-11-22T09:30:00.000Z' }

const Allowlist = z.object({
  mode: z.enum(MODES), entries: z.array(Entry).meta({ description: `At most ${INLINE_MAX.toLocaleString('en')}; a longer list is read at \`/ip-allowlist/entries\`.` }),
  entryCount: z.number().int(), revertAt: TimeText.nullable().meta({ description: 'While a change waits to be confirmed: from when on it counts as taken back.' }),
  revertMode: z.enum(MODES).nullable(), emptyAt: TimeText.nullable().meta({ description: 'When the last entry ends and nobody may enter any more.' }),
}).meta({ id: 'IpAllowlist', description: 'From where the organization may be reached.' })

const allowlistExample = { mode: 'enforced', entries: [example], entryCount: 1, revertAt: '2026-11-22T09:35:00.000Z', revertMode: 'off', emptyAt: null }

const present = async (ctx: Ctx): Promise<z.input<typeof Allowlist>> => ({ ...(await findAllowlist(ctx)), entries: await allEntries(ctx, INLINE_MAX) })
const whole = { schema: Allowlist, table: 'Organization' as const, permission: 'allowlist:read' as const, idOf: () => '', read: present }
const Params = z.object({ id: EntryId.meta({ description: 'Id of the entry.', example: EXAMPLE_ID }) })
const one = { schema: Entry, table: 'Organization' as const, permission: 'allowlist:read' as const, idOf: () => '', read: (ctx: Ctx, { id }: { id: string }) => findEntry(ctx, id) }
const { id: _id, ...entryChange } = UpdateEntryInput.shape
const tag = 'IP allowlist'
const path = '/ip-allowlist'
const LOCKOUT = 'When the list would be enforced without the caller’s own address the answer is 409 `allowlist-lockout`, unless `confirmLockout` is true.'

const Imported = z.object({
  added: z.number().int(), rows: z.array(z.object({ line: z.number().int(), text: z.string(), status: z.enum(['new', 'repairable', 'duplicate', 'invalid']), detail: z.string().nullable(), repaired: z.string().nullable() })).optional(),
})

export const ipAllowlistRoutes = [
  defineRead({ path, tag, summary: 'Show the IP allowlist', permission: 'allowlist:read', output: Allowlist, example: allowlistExample, hasVersion: true, read: present }),
  defineRoute({
    method: 'put', path, tag, summary: 'Replace the IP allowlist', operationId: 'updateIpAllowlist',
    description: `Sets the mode, all entries, or both; what is left out stays. ${LOCKOUT} When it begins to be enforced, or leaves the caller out, it waits to be confirmed and counts as taken back at \`revertAt\`.`,
    operation: updateAllowlist, bodyExample: { mode: 'report', entries: [{ cidr: '203.0.113.0/24', description: 'Office' }] }, example: allowlistExample, resource: whole,
    errors: ['allowlist-lockout', 'limit-reached'],
  }),
  defineRead({
    path: `${path}/entries`, tag, summary: 'List entries of the IP allowlist', description: 'Newest first.', permission: 'allowlist:read',
    query: z.strictObject({ ...pageQuery, q: z.string().trim().max(200).default('').meta({ description: 'Part of the range or description, or an address that is covered.' }), surface: z.enum(SURFACES).optional().meta({ description: 'Only entries that open this.' }) }),
    output: listOf(Entry), example: { data: [example], nextCursor: null },
    read: async (ctx, { query: { cursor, ...filter } }) => {
      const { rows, nextCursor } = await listEntries(ctx, { ...filter, after: cursor })
      return { data: rows, nextCursor }
    },
  }),
  defineRoute({
    method: 'post', path: `${path}/entries`, tag, summary: 'Add an entry to the IP allowlist', operation: createEntry, bodyExample: { cidr: '203.0.113.0/24', description: 'Office' },
    description: `Surfaces left out are all three. ${LOCKOUT}`, status: 201, output: Entry, example, errors: ['already-exists', 'allowlist-lockout', 'limit-reached'],
    answer: (ctx, { id }) => findEntry(ctx, id), location: ({ id }) => `${path}/entries/${id}`,
  }),
  defineRead({ path: `${path}/entries/{id}`, tag, summary: 'Show an entry of the IP allowlist', permission: 'allowlist:read', params: Params, output: Entry, example, hasVersion: true, read: (ctx, { params }) => findEntry(ctx, params.id) }),
  defineRoute({
    method: 'patch', path: `${path}/entries/{id}`, tag, summary: 'Change an entry of the IP allowlist', description: `Its address stays: another address is another entry. ${LOCKOUT}`,
    operation: updateEntry, params: Params, body: z.strictObject(entryChange), bodyExample: { description: 'Office, second floor' }, input: ({ params, body }) => ({ ...body, expiresAt: body.expiresAt === undefined ? undefined : (body.expiresAt?.toISOString() ?? null), id: params.id }),
    resource: one, errors: ['allowlist-lockout'],
  }),
  defineRoute({
    method: 'delete', path: `${path}/entries/{id}`, tag, summary: 'Delete an entry of the IP allowlist', description: `An empty list opens nothing. ${LOCKOUT}`,
    operation: deleteEntry, params: Params, query: z.strictObject({ confirmLockout: z.enum(['true', 'false']).optional().meta({ description: 'With `true` the entry goes although the caller is then not listed.' }) }), input: ({ params, query }) => ({ id: params.id, confirmLockout: query.confirmLockout === 'true' }),
    status: 204, resource: one, errors: ['allowlist-lockout'],
  }),
  withDryRun(defineRoute({
    method: 'post', path: `${path}/import`, tag, summary: 'Import entries of the IP allowlist', query: dryRunQuery,
    description: 'Rows as `csv` (cidr, description, surfaces, expiresAt) or `entries`. All are added, or none; with `repair` ranges lose the bits beyond their prefix and duplicates are left out. With `?dryRun=true` the answer tells of each row what would become of it.',
    operation: importEntries, bodyExample: { csv: 'cidr,description\n203.0.113.0/24,Office\n' }, output: Imported, example: { added: 1 }, answer: (_ctx, { added }) => Promise.resolve({ added }), errors: ['limit-reached'],
  }), {
    permission: 'allowlist:write', body: ImportInput, output: Imported,
    find: async (ctx, body) => {
      const { rows, entries } = await judgeImport(ctx, body, true)
      return { added: entries.length, rows }
    },
  }),
  defineRoute({
    method: 'post', path: `${path}/tidy`, tag, summary: 'Remove entries that add nothing', description: 'Every entry with a `coveredBy` goes; nobody gains or loses access.', operation: tidyEntries, input: () => ({}),
    output: z.object({ removed: z.number().int() }), example: { removed: 3 }, answer: (_ctx, { removed }) => Promise.resolve({ removed }),
  }),
  defineRoute({ method: 'post', path: `${path}/confirm`, tag, summary: 'Confirm the IP allowlist', description: 'Keeps the change that waits. From an address that is not listed this is 403 and changes nothing.', operation: confirmAllowlist, input: () => ({}), resource: whole, example: { ...allowlistExample, revertAt: null, revertMode: null } }),
  defineRoute({ method: 'post', path: `${path}/revert`, tag, summary: 'Take back the IP allowlist', description: 'Takes back the change that waits, now.', operation: revertAllowlist, input: () => ({}), resource: whole, example: { ...allowlistExample, mode: 'off', revertAt: null, revertMode: null } }),
  defineQuestion({
    path: `${path}/check`, tag, summary: 'Check an address', description: 'Whether an address is listed, by the narrowest entry, whatever the mode.', permission: 'allowlist:read', body: CheckInput, bodyExample: { address: '203.0.113.7' },
    output: z.object({ address: z.string(), allowed: z.boolean(), entry: Entry.nullable(), surfaces: z.object({ console: z.boolean(), api: z.boolean(), data: z.boolean() }) }),
    example: { address: '203.0.113.7', allowed: true, entry: example, surfaces: { console: true, api: true, data: true } }, ask: (ctx, { body }) => checkAddress(ctx, body),
  }),
  defineRead({
    path: `${path}/unlisted`, tag, summary: 'List addresses that are not listed', description: 'Who came from where the list does not open, latest first, at most 200: counted in report-only mode, refused when enforced.', permission: 'allowlist:read',
    output: z.object({ data: z.array(z.object({ address: z.string(), surface: z.string(), reported: z.number().int(), refused: z.number().int(), lastAt: TimeText, actor: z.string() })) }),
    example: { data: [{ address: '198.51.100.7', surface: 'console', reported: 3, refused: 0, lastAt: '2026-11-22T09:30:00.000Z', actor: 'm.dev@acme.test' }] }, read: async (ctx) => ({ data: await listSightings(ctx, 200) }),
  }),
]
