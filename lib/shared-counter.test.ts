import { afterEach, describe, expect, test } from 'vitest'
import { setClock } from './clock'
import { db } from './db'
import { addressKey, makeSharedCounter, tellDatabase, type Limit, type Standing } from './shared-counter'
import { testDatabase } from './testing/database'

testDatabase()
afterEach(() => setClock(null))

const NAME = 'test'
const BEGUN = new Date('2026-11-22T10:00:00Z')

/** A process with its own memory, and how often it told the database. */
function makeProcess() {
  const told: number[] = []
  const counter = makeSharedCounter(NAME, (...all) => {
    told.push(all[2])
    return tellDatabase(...all)
  })
  return { count: counter.count, told }
}

const wave = (processes: readonly ReturnType<typeof makeProcess>[], key: string, limit: Limit, many: number): Promise<Standing[]> =>
  Promise.all(Array.from({ length: many }, async (_, at) => processes[at % processes.length]?.count(key, limit) ?? { isOver: true, remaining: 0, seconds: 0 }))

const letThrough = (standings: readonly Standing[]): number => standings.filter(({ isOver }) => !isOver).length

describe('across processes', () => {
  test.each([[2, 2, 2], [2, 10, 10], [2, 100, 103], [2, 1000, 1025], [3, 1000, 1050], [5, 1000, 1100]])('%i processes, limit %i: at least that and at most %i, all at once', async (many, count, most) => {
    setClock(BEGUN)
    const processes = Array.from({ length: many }, makeProcess)
    const through = letThrough(await wave(processes, `at-once-${many}-${count}`, { count, windowSeconds: 60 }, count * 3))
    expect(through).toBeGreaterThanOrEqual(count)
    expect(through).toBeLessThanOrEqual(most)
  })

  test('one after the other, a process that was idle knows little later what another used', async () => {
    setClock(BEGUN)
    const [busy, idle] = [makeProcess(), makeProcess()]
    const limit = { count: 400, windowSeconds: 60 }
    let through = 0
    for (let at = 0; at < 500; at++) if (!(await busy.count('one', limit)).isOver) through++
    expect(through).toBe(400)
    for (let at = 0; at < 500; at++) if (!(await idle.count('one', limit)).isOver) through++
    expect(through).toBeLessThanOrEqual(440)
  })

  test('an eightieth at a time is told, and nothing of who asks little or is refused', async () => {
    setClock(BEGUN)
    const [process, quiet] = [makeProcess(), makeProcess()]
    const limit = { count: 4000, windowSeconds: 60 }
    for (let at = 0; at < 9000; at++) await process.count('busy', limit)
    expect(process.told.length).toBeLessThanOrEqual(80)
    for (let at = 0; at < 49; at++) await quiet.count('quiet', limit)
    expect(quiet.told).toEqual([])
  })

  test('when the window is over it begins anew for all', async () => {
    setClock(BEGUN)
    const processes = [makeProcess(), makeProcess()]
    const limit = { count: 80, windowSeconds: 60 }
    expect(letThrough(await wave(processes, 'again', limit, 200))).toBeLessThanOrEqual(88)
    setClock(new Date(BEGUN.getTime() + 59_999))
    expect(await processes[0]?.count('again', limit)).toEqual({ isOver: true, remaining: 0, seconds: 1 })
    setClock(new Date(BEGUN.getTime() + 60_000))
    expect(await processes[0]?.count('again', limit)).toEqual({ isOver: false, remaining: 79, seconds: 60 })
    expect(letThrough(await wave(processes, 'again', limit, 200))).toBeGreaterThanOrEqual(79)
  })
})

test('while the database is away little goes through, and nothing that was counted is lost', async () => {
  setClock(BEGUN)
  let isAway = true
  const counter = makeSharedCounter(NAME, async (...all) => {
    if (isAway) throw new Error('away')
    return tellDatabase(...all)
  })
  const limit = { count: 400, windowSeconds: 60 }
  const answers = await Promise.allSettled(Array.from({ length: 100 }, async () => counter.count('away', limit)))
  expect(answers.filter(({ status }) => status === 'fulfilled').length).toBeLessThanOrEqual(20)
  isAway = false
  await counter.count('away', limit)
  expect(await db().rateLimit.count({ where: { key: { startsWith: `${NAME}:` }, count: 101 } })).toBe(1)
})

test.each([
  ['198.51.100.7', '198.51.100.7'], ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'], ['2001:db8::1', '2001:db8:0:0::/64'], ['::1', '0:0:0:0::/64'], ['2001:DB8:01:2::', '2001:db8:1:2::/64'], ['', ''],
])('the address %s counts as %s', (address, key) => {
  expect(addressKey(address)).toBe(key)
})
