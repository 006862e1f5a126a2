import type { ServerResponse } from 'node:http'
import { pendingMigrations } from '@/lib/database/migrate'
import { db } from '@/lib/db'
import { metrics } from './metrics'

function answer(res: ServerResponse, status: number, body: string, type = 'text/plain; charset=utf-8'): void {
  res.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' })
  res.end(body)
}

async function unreadiness(): Promise<string | null> {
  try {
    const pending = await pendingMigrations({ query: async (sql) => ({ rows: await db().$queryRawUnsafe<Record<string, unknown>[]>(sql) }) })
    return pending.length > 0 ? `migrations are missing: ${pending.join(', ')}` : null
  } catch {
    return 'the database cannot be reached'
  }
}

/** Answers `/healthz`, `/readyz` and `/metrics`; false for every other path. */
export async function answerHealth(path: string, res: ServerResponse, isDraining: boolean): Promise<boolean> {
  if (path === '/healthz') {
    answer(res, 200, 'ok\n')
    return true
  }
  if (path === '/readyz') {
    const problem = isDraining ? 'shutting down' : await unreadiness()
    if (problem) res.setHeader('retry-after', '5')
    answer(res, problem ? 503 : 200, problem ? `${problem}\n` : 'ready\n')
    return true
  }
  if (path === '/metrics') {
    answer(res, 200, await metrics().registry.metrics(), metrics().registry.contentType)
    return true
  }
  return false
}
