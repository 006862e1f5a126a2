/*
 * Policies of a group, compiled here against Cedar itself: the same answers, and how much sooner.
 *
 *   npx tsx bench/policies.ts [questions]      100,000 unless told; writes bench/results/policies.md
 *
 * Cedar is given every advantage: its policy set is read once, and the JSON of each question and of just the entities it needs
 * is made before the clock runs.
 */
import { cpus } from 'node:os'
import { mkdirSync, writeFileSync } from 'node:fs'
import { cedarPrepared, type CedarRequest } from '@/lib/access/cedar'
import { findModel } from '@/lib/access/models/catalogue'
import { attributeReaders } from '@/lib/access/policies/attributes'
import { cedarRequestOf } from '@/lib/access/policies/cedar-fallback'
import { checkPolicyText } from '@/lib/access/policies/check'
import { compilePolicies, type Evaluation } from '@/lib/access/policies/compile'
import { EntityList, type Entity, type Request } from '@/lib/access/policies/entities'
import { actionRef, principalRef, resourceRef } from '@/lib/access/policies/names'
import { readPolicyText } from '@/lib/access/policies/policy-text'
import { picksFrom, randomEntities, randomRequest, randomStatement, type Pick } from '@/lib/access/policies/testing/random-policies'

const ROUNDS = 7
const model = findModel('standard')

const SIX = `
permit(principal, action == Standard::Action::"cluster:view", resource);
permit(principal, action in [Standard::Action::"cluster:scale", Standard::Action::"cluster:edit"], resource in Standard::Folder::"f3")
  when { context has ip && context.ip.isInRange(ip("10.0.0.0/8")) };
permit(principal, action == Standard::Action::"cluster:scale", resource is Standard::Cluster)
  when { resource.labels.contains("test") } unless { resource.labels.containsAny(["frozen", "audit"]) };
permit(principal in Standard::Group::"g2", action, resource in Standard::Folder::"f5")
  when { context has time && context.time < datetime("2027-01-01T00:00:00Z") };
permit(principal, action == Standard::Action::"cluster:edit", resource is Standard::Cluster) when { resource.region like "eu-*" };
forbid(principal, action == Standard::Action::"cluster:edit", resource is Standard::Cluster in Standard::Folder::"f1")
  unless { context has ip && !context.ip.isLoopback() };
`.trim()

const PERMISSIONS = ['cluster:view', 'cluster:scale', 'cluster:edit', 'cluster:delete'] as const
const IPS = ['10.1.2.3', '127.0.0.1', '192.0.2.7', '2001:db8::1'] as const
const LABELS = [['test'], ['test', 'frozen'], ['prod'], []] as const

/** Eight folders one in another, forty clusters in them, and users in up to three groups. */
function organization(pick: Pick): EntityList {
  const readers = attributeReaders(model)
  const folder = (index: number) => resourceRef(model, 'folder', `f${index}`)
  const folders = Array.from({ length: 8 }, (_, index): Entity =>
    ({ ref: folder(index), attributes: readers.ofResource('folder')({ labels: [] }), parents: index === 0 ? [] : [folder(pick(index))] }))
  const clusters = Array.from({ length: 40 }, (_, index): Entity => ({
    ref: resourceRef(model, 'cluster', `c${index}`), parents: [folder(pick(8))],
    attributes: readers.ofResource('cluster')({ labels: LABELS[pick(4)], region: ['eu-1', 'us-1'][pick(2)] }),
  }))
  const users = Array.from({ length: 20 }, (_, index): Entity => ({
    ref: principalRef(model, 'user', `u${index}`), attributes: readers.ofPrincipal({}),
    parents: [1, 2, 3].filter(() => pick(2) === 0).map((group) => principalRef(model, 'group', `g${group}`)),
  }))
  const groups = [1, 2, 3].map((group): Entity => ({ ref: principalRef(model, 'group', `g${group}`) }))
  return new EntityList([...folders, ...clusters, ...users, ...groups])
}

const question = (pick: Pick): Request => ({
  principal: principalRef(model, 'user', `u${pick(20)}`),
  action: actionRef(model, PERMISSIONS[pick(4)] ?? ''),
  resource: resourceRef(model, 'cluster', `c${pick(40)}`),
  context: attributeReaders(model).ofContext({ ip: IPS[pick(5)], time: 1_795_000_000_000 + pick(10_000_000) * 1000 }),
})

const comparable = ({ decision, determining, errors }: Evaluation) =>
  JSON.stringify([decision, [...determining].sort(), errors.map(({ policyId }) => policyId).sort()])

function cpuMicroseconds(run: () => void): number {
  const before = process.cpuUsage()
  run()
  const { user, system } = process.cpuUsage(before)
  return user + system
}

const median = (numbers: readonly number[]) => [...numbers].sort((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? 0

type Measured = { ours: number; cedar: number; ratio: number; differences: number; asked: number }

/** Microseconds of CPU a decision, in interleaved rounds, and the answers that differ. */
function measureSix(questions: number): Measured {
  const pick = picksFrom(20_261_122)
  const { problems } = checkPolicyText(model, SIX)
  if (problems.some(({ severity }) => severity === 'error')) throw new Error(JSON.stringify(problems))
  const { statements } = readPolicyText(SIX)
  const entities = organization(pick)
  const compiled = compilePolicies(model, SIX)
  const cedar = cedarPrepared('bench', SIX)
  const perRound = Math.ceil(questions / ROUNDS)
  const rounds = Array.from({ length: ROUNDS }, () => {
    const requests = Array.from({ length: perRound }, () => question(pick))
    // a round's questions as JSON at once would be gigabytes: a sample of them is measured, all are compared
    const sample: CedarRequest[] = requests.slice(0, 3_000).map((request) => cedarRequestOf(statements, request, entities))
    const theirs = cpuMicroseconds(() => sample.forEach((request) => void cedar(request))) / sample.length
    const ours = cpuMicroseconds(() => requests.forEach((request) => void compiled.evaluate(request, entities))) / requests.length
    const differences = requests.filter((request) =>
      comparable(compiled.evaluate(request, entities)) !== comparable(cedar(cedarRequestOf(statements, request, entities)))).length
    return { ours, theirs, differences }
  })
  return {
    ours: median(rounds.map(({ ours }) => ours)),
    cedar: median(rounds.map(({ theirs }) => theirs)),
    ratio: median(rounds.map(({ ours, theirs }) => theirs / ours)),
    differences: rounds.reduce((sum, round) => sum + round.differences, 0),
    asked: perRound * ROUNDS,
  }
}

/** Random policies over every operator, many of them failing: answers that differ. */
function compareRandom(sets: number): { asked: number; differences: number; left: number } {
  let [asked, differences, left] = [0, 0, 0]
  for (let seed = 1_000; seed < 1_000 + sets; seed++) {
    const pick = picksFrom(seed)
    const text = Array.from({ length: 6 }, () => randomStatement(pick)).join('\n')
    const { statements } = readPolicyText(text)
    const [compiled, cedar, entities] = [compilePolicies(model, text), cedarPrepared('bench', text), randomEntities(pick)]
    if (!compiled.isCompiled) left += 1
    for (let round = 0; round < 20; round++) {
      const request = randomRequest(pick)
      asked += 1
      if (comparable(compiled.evaluate(request, entities)) !== comparable(cedar(cedarRequestOf(statements, request, entities)))) differences += 1
    }
  }
  return { asked, differences, left }
}

const questions = Number(process.argv[2] ?? 100_000)
const six = measureSix(questions)
const random = compareRandom(Math.ceil(questions / 400))
const micro = (value: number) => `${value.toFixed(value < 10 ? 2 : 0)} µs`
const report = `# Policies of a group: compiled against Cedar

Six policies on a group (addresses, labels, folders, moments, one forbid), CPU time a decision, median of ${ROUNDS} interleaved rounds.
Node ${process.versions.node}, ${cpus()[0]?.model ?? 'unknown'} × ${cpus().length}; ${new Date().toISOString().slice(0, 10)}. Run: \`npx tsx bench/policies.ts ${questions}\`.

| what | figure |
| --- | --- |
| compiled | ${micro(six.ours)} |
| Cedar itself, policies read once, JSON made before | ${micro(six.cedar)} |
| ratio, median of the rounds | ${six.ratio.toFixed(0)} × |
| questions asked of both, of these six policies | ${six.asked.toLocaleString('en')} |
| answers that differ (decision, determining statements, failing statements) | ${six.differences} |
| questions asked of both, of random policies over every operator | ${random.asked.toLocaleString('en')} |
| answers that differ | ${random.differences} |
| random sets left to Cedar (numbers beyond 2^53 in the text) | ${random.left} of ${Math.ceil(questions / 400)} |
`
mkdirSync(new URL('./results/', import.meta.url), { recursive: true })
writeFileSync(new URL('./results/policies.md', import.meta.url), report)
console.info(report)
if (six.differences + random.differences > 0) process.exitCode = 1
