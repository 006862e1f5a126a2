/**
 * How long an import of 100,000 entries takes, whole and in parts: `node --import tsx bench/allowlist-import.ts`
 */
import { openScratch } from './scratch-database'

const COUNT = 100_000
const scratch = await openScratch()
const { makeOrganization } = await import('@/lib/testing/factories')
const { perform, read } = await import('@/lib/boundary/perform')
const { importEntries } = await import('@/lib/features/ip-allowlist/operations')
const { judgeImport } = await import('@/lib/features/ip-allowlist/import')
const { entriesAsCsv } = await import('@/lib/features/ip-allowlist/export')
const { db } = await import('@/lib/db')

const csv = ['cidr,description', ...Array.from({ length: COUNT }, (_, at) => `10.${at >> 16}.${(at >> 8) & 255}.${at & 255},host ${at}`)].join('\n')
const v6 = Array.from({ length: COUNT }, (_, at) => `2001:db8:${(at >> 8).toString(16)}:${(at & 255).toString(16)}::/64`).join('\n')

async function seconds(work: () => Promise<unknown>): Promise<string> {
  const began = performance.now()
  await work()
  return ((performance.now() - began) / 1000).toFixed(1)
}

console.log(`| ${COUNT.toLocaleString('en')} entries | seconds |\n| --- | --- |`)
for (const [name, text] of [['IPv4', csv], ['IPv6', v6]] as const) {
  const org = await makeOrganization()
  const { actor } = org.admin
  console.log(`| ${name}, judged only (dry run) | ${await seconds(() => read(actor, org.id, 'allowlist:write', (ctx) => judgeImport(ctx, { csv: text, repair: false }, true)))} |`)
  console.log(`| ${name}, imported | ${await seconds(() => perform(importEntries, actor, org.id, { csv: text }))} |`)
  console.log(`| ${name}, exported as CSV | ${await seconds(() => read(actor, org.id, 'allowlist:read', entriesAsCsv))} |`)
  await db().$executeRaw`DELETE FROM "AllowlistEntry" WHERE "organizationId" = ${org.id}`
}
await scratch.close()
process.exit(0)
