import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import type { OpenDatabase } from '@/lib/database/open-database'
import type { Job } from '@/lib/jobs/repeat'
import { log } from '@/lib/log'

/** Longer than a balancer's check: until then requests still come. */
const DRAIN_MS = 1500
const HARD_LIMIT_MS = 10_000

export type Closing = { servers: readonly Server[]; sockets: ReadonlySet<Socket>; jobs: readonly Job[]; database: OpenDatabase }

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** Ends the process without losing what it answers: drain, close, stop jobs, then the database. */
export function makeShutdown({ servers, sockets, jobs, database }: Closing) {
  let isDraining = false
  const steps: (() => Promise<unknown>)[] = []

  async function close(drainMs: number): Promise<void> {
    isDraining = true
    await pause(drainMs)
    const closed = servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve())))
    for (const server of servers) server.closeIdleConnections()
    await Promise.race([Promise.all(closed), pause(HARD_LIMIT_MS / 3)])
    for (const socket of sockets) socket.destroy()
    await Promise.all(jobs.map((job) => job.stop()))
    for (const step of [...steps].reverse()) await step()
    await database.close()
  }

  function end(signal: NodeJS.Signals): void {
    if (isDraining) return
    const timer = setTimeout(() => process.exit(1), HARD_LIMIT_MS)
    // Somebody at the keyboard waits; a balancer needs to see it first.
    close(signal === 'SIGTERM' ? DRAIN_MS : 50).then(
      () => process.exit(0),
      (err: unknown) => {
        log().error({ err }, 'shutdown failed')
        clearTimeout(timer)
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
  process.on('SIGHUP', end)

  return {
    isDraining: () => isDraining,
    /** To be done while closing, after the servers; last registered first. */
    onClose: (step: () => Promise<unknown>) => void steps.push(step),
  }
}
