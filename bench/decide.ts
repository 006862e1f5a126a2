/**
 * What one decision costs in process, on a small and on a large organization, interleaved in one run.
 * Run: npx tsx --expose-gc bench/decide.ts
 */
import { cpus, loadavg } from 'node:os'
import { applyChange, buildSnapshot } from '@/lib/access/engine/changes'
import { decide, type Question } from '@/lib/access/engine/decide'
import { explain } from '@/lib/access/engine/explain'
import { searchResources, searchSubjects } from '@/lib/access/engine/search'
import type { Snapshot } from '@/lib/access/engine/snapshot'
import { MODEL, organizationRows, randomFrom, type Made, type Size } from './organization-rows'

const SMALL: Size = { users: 100, folders: 20, clusters: 100, groups: 10, memberships: 200, assignments: 300 }
const LARGE: Size = {
  users: 100_000, folders: 20_000, clusters: 100_000, groups: 2_000, memberships: 200_000, assignments: 300_000,
}
/** So many different ones, asked again and again: enough to outgrow the processor's caches. */
const QUESTIONS = 20_000
const REPEATS = 1
const ROUNDS = 41

const MEBIBYTE = 1024 * 1024
const heapUsed = () => (globalThis.gc?.(), process.memoryUsage().heapUsed)
const permissions = MODEL.permissions.filter(({ appliesTo }) => appliesTo.includes('cluster')).map(({ name }) => name)

/** Half about a scope the principal holds something at or above, half about anybody and anything. */
function questionsOf(made: Made): Question[] {
  const random = randomFrom(11)
  const at = Date.now()
  const below = new Map<string, string>()
  for (const { id, parentId } of made.clusters) below.set(parentId ?? '', id)
  return Array.from({ length: QUESTIONS }, (_, index) => {
    const grant = made.assignments[random(made.assignments.length)]
    const cluster = made.clusters[random(made.clusters.length)]?.id ?? ''
    const user = made.userIds[random(made.userIds.length)] ?? ''
    const isNear = index % 2 === 0 && grant !== undefined
    const fresh = (id: string) => Buffer.from(id).toString()
    return {
      principalId: fresh(isNear ? grant.principalId : user),
      permission: permissions[random(permissions.length)] ?? '',
      resourceId: fresh(isNear ? (below.get(grant.scopeId) ?? cluster) : cluster),
      at,
    }
  })
}

/** Processor time of one decision, in microseconds. */
function costOf(snapshot: Snapshot, questions: readonly Question[]): { micros: number; allowed: number } {
  let allowed = 0
  const before = process.cpuUsage()
  for (let repeat = 0; repeat < REPEATS; repeat++)
    for (const question of questions) if (decide(snapshot, question).allow) allowed++
  const { user, system } = process.cpuUsage(before)
  const asked = questions.length * REPEATS
  return { micros: (user + system) / asked, allowed: allowed / asked }
}

/** The value below which a share of all lie. */
const quantile = (values: readonly number[], share: number) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * share)] ?? NaN

function timed<T>(times: number, run: (index: number) => T): number {
  const before = performance.now()
  for (let index = 0; index < times; index++) run(index)
  return ((performance.now() - before) * 1000) / times
}

function prepare(size: Size) {
  const made = organizationRows(size)
  // The first build flattens the rows' strings, which would count as memory won.
  buildSnapshot(MODEL, made.rows)
  const before = heapUsed()
  const start = process.cpuUsage()
  const snapshot = buildSnapshot(MODEL, made.rows)
  const { user, system } = process.cpuUsage(start)
  const loadMs = (user + system) / 1000
  const heap = heapUsed() - before
  return { made, snapshot, loadMs, heap, questions: questionsOf(made) }
}

const small = prepare(SMALL)
const large = prepare(LARGE)
const costs = { small: [] as number[], large: [] as number[] }
for (const { snapshot, questions } of [small, large, small, large]) costOf(snapshot, questions)
for (let round = 0; round < ROUNDS; round++) {
  costs.small.push(costOf(small.snapshot, small.questions).micros)
  costs.large.push(costOf(large.snapshot, large.questions).micros)
}
const [smallMicros, largeMicros] = [quantile(costs.small, 0.5), quantile(costs.large, 0.5)]
const [smallQuiet, largeQuiet] = [quantile(costs.small, 0.1), quantile(costs.large, 0.1)]
const shareOf = ({ snapshot, questions }: typeof small) => Math.round(costOf(snapshot, questions).allowed * 100)

const { snapshot, made, questions } = large
const moved = (index: number) => {
  const folder = made.folders[100 + (index % 10_000)]
  const parentId = made.folders[index % 20]?.id ?? null
  if (folder) applyChange(snapshot, { kind: 'resource', put: { ...folder, parentId } })
}
const revoked = (index: number) => {
  const put = made.assignments[index % made.assignments.length]
  if (!put) return
  applyChange(snapshot, { kind: 'assignment', remove: put.id })
  applyChange(snapshot, { kind: 'assignment', put })
}
const asked = (index: number): Question => questions[index % questions.length] ?? { principalId: '', permission: '', resourceId: '', at: 0 }
const changeCosts = [
  ['move a folder', timed(5_000, moved)], ['revoke and grant again', timed(50_000, revoked)],
  ['explain', timed(5_000, (index) => explain(snapshot, asked(index)))],
  ['search who may (first 100)', timed(20, (index) => searchSubjects(snapshot, { ...asked(index), kind: 'user' }, { limit: 100 }))],
  ['search where one may (first 100)', timed(50, (index) => searchResources(snapshot, { ...asked(index), type: 'cluster' }, { limit: 100 }))],
] as const

const row = (...cells: (string | number)[]) => `| ${cells.join(' | ')} |`
const fixed = (value: number, digits = 2) => value.toFixed(digits)
console.log([
  `Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model.trim()}), ${QUESTIONS.toLocaleString('en')} different questions a round, ${ROUNDS} rounds, small and large interleaved; load of the machine ${loadavg()[0]?.toFixed(1)}.`,
  '',
  row('organization', 'µs of processor a decision: median', 'quietest tenth of rounds', 'allowed', 'build, ms of processor', 'typed arrays, MiB', 'heap, MiB'),
  row('---', '---', '---', '---', '---', '---', '---'),
  row('100 users, 20 folders, 100 clusters, 300 assignments', fixed(smallMicros), fixed(smallQuiet), `${shareOf(small)} %`, fixed(small.loadMs, 0),
    fixed(small.snapshot.bytes / MEBIBYTE, 1), fixed(small.heap / MEBIBYTE, 1)),
  row('100,000 users, 20,000 folders, 100,000 clusters, 300,000 assignments', fixed(largeMicros), fixed(largeQuiet), `${shareOf(large)} %`, fixed(large.loadMs, 0),
    fixed(large.snapshot.bytes / MEBIBYTE, 1), fixed(large.heap / MEBIBYTE, 1)),
  '',
  'Names of resources are shared with the rows here; read from a database they come on top (about 5 MiB).', '',
  `Large over small: ${fixed(largeMicros / smallMicros, 1)} times, in quiet rounds ${fixed(largeQuiet / smallQuiet, 1)} (rule: 6 at most; large 3 µs at most).`,
  '',
  row('on the large one', 'µs'),
  row('---', '---'),
  ...changeCosts.map(([name, micros]) => row(name, fixed(micros, 1))),
].join('\n'))
