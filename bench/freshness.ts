/**
 * How long after a commit another process answers by it: listening, and with its listening connection cut each time.
 * Run: node --import tsx bench/freshness.ts
 */
import { fork } from 'node:child_process'
import { cpus, loadavg } from 'node:os'
import { Client } from 'pg'
import { openScratch } from './scratch-database'

const CHANGES = 300
const CUT_CHANGES = 60

/** The same clock in both processes, finer than a millisecond. */
const clock = () => performance.timeOrigin + performance.now()
const quantile = (values: readonly number[], share: number) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? NaN
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** The process that follows: tells when it first saw each version. */
async function follow(organizationId: string): Promise<void> {
  const { indexStore } = await import('@/lib/access/snapshots/index-store')
  const store = indexStore()
  store.start()
  let seen = (await store.atLeast(organizationId, 0)).snapshot.version
  process.send?.({ ready: true })
  const look = () => {
    const version = store.current(organizationId)?.snapshot.version ?? seen
    if (version > seen) {
      const at = clock()
      for (let each = seen + 1; each <= version; each++) process.send?.({ version: each, at })
      seen = version
    }
    setTimeout(look, 0)
  }
  look()
}

async function measure(): Promise<void> {
  const scratch = await openScratch()
  const { makeOrganization, makeMember } = await import('@/lib/testing/factories')
  const org = await makeOrganization()
  const member = await makeMember(org)
  const follower = fork(new URL(import.meta.url), ['follow', org.id], { env: { ...process.env, DATABASE_URL: scratch.url } })
  const seenAt = new Map<number, number>()
  const ready = new Promise<void>((resolve) => {
    follower.on('message', (told: { ready?: true; version?: number; at?: number }) => {
      if (told.ready) resolve()
      else if (told.version !== undefined && told.at !== undefined) seenAt.set(told.version, told.at)
    })
  })
  await ready
  const client = new Client({ connectionString: scratch.url })
  await client.connect()

  /** Suspends and resumes somebody; answers the milliseconds until the other process knew. */
  async function change(index: number): Promise<number> {
    await client.query('BEGIN')
    await client.query(`UPDATE "Membership" SET "status" = $1 WHERE "id" = $2`, [index % 2 === 0 ? 'suspended' : 'active', member.id])
    const { rows } = await client.query<{ version: string }>(`SELECT "accessVersion"::text AS version FROM "Organization" WHERE "id" = $1`, [org.id])
    const version = Number(rows[0]?.version)
    await client.query('COMMIT')
    const committed = clock()
    for (;;) {
      const seen = seenAt.get(version)
      if (seen !== undefined) return Math.max(0, seen - committed)
      await pause(1)
    }
  }

  const listening: number[] = []
  for (let index = 0; index < CHANGES; index++) {
    listening.push(await change(index))
    await pause(10)
  }
  const cut: number[] = []
  for (let index = 0; index < CUT_CHANGES; index++) {
    await client.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN %' AND pid <> pg_backend_pid()`)
    cut.push(await change(index))
  }
  const row = (name: string, values: readonly number[], rule: string) => `| ${name} | ${values.length} | ${quantile(values, 0.5).toFixed(1)} | ${quantile(values, 0.99).toFixed(1)} | ${rule} |`
  console.log([
    `Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model.trim()}); load of the machine ${loadavg()[0]?.toFixed(1)}.`, '',
    '| change visible to another process | changes | p50, ms | p99, ms | rule |', '| --- | --- | --- | --- | --- |',
    row('listening', listening, '≤ 50 ms'), row('its listening connection cut before each', cut, '≤ 2,000 ms'),
  ].join('\n'))
  follower.kill()
  await client.end()
  await scratch.close()
}

const [task, organizationId] = process.argv.slice(2)
await (task === 'follow' && organizationId ? follow(organizationId) : measure())
