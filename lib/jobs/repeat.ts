import { log } from '@/lib/log'

export type Job = { stop: () => Promise<void> }

/**
 * Runs `work` again and again, `pauseMs` after it ended. A failure is logged once until it works
 * again, so that a database that is away does not fill the log.
 */
export function repeat(name: string, pauseMs: number, work: () => Promise<unknown>): Job {
  let isStopped = false
  let hasFailed = false
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()

  async function once(): Promise<void> {
    try {
      await work()
      if (hasFailed) log().info({ job: name }, 'job works again')
      hasFailed = false
    } catch (err) {
      if (!hasFailed && !isStopped) log().warn({ job: name, err }, 'job failed; it will be tried again')
      hasFailed = true
    }
    if (!isStopped) timer = setTimeout(start, pauseMs)
  }
  const start = () => {
    running = once()
  }
  start()
  return {
    stop: async () => {
      isStopped = true
      clearTimeout(timer)
      await running
    },
  }
}
