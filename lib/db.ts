import { PrismaPg } from '@prisma/adapter-pg'
import { PrismaClient } from '@/lib/generated/prisma/client'
import { env } from './env'
import { ownedOnly } from './db-ownership'
import { processWide } from './process-state'

function connect() {
  const adapter = new PrismaPg({
    connectionString: env().DATABASE_URL,
    max: 10,
    connectionTimeoutMillis: 5000,
    idleTimeoutMillis: 60_000,
    statement_timeout: 30_000,
  })
  return new PrismaClient({ adapter }).$extends(ownedOnly)
}

export type Database = ReturnType<typeof connect>
/** The client inside a transaction; plain reads may use the pool's client in its place. */
export type Tx = Parameters<Parameters<Database['$transaction']>[0]>[0]

/** The pool's client, one a process. */
export const db = (): Database => processWide(`db.${env().DATABASE_URL}`, connect)

/** Runs `work` in one transaction (READ COMMITTED, at most 15 s unless it is told to take longer). */
export function transaction<T>(work: (tx: Tx) => Promise<T>, timeoutMs = 15_000): Promise<T> {
  return db().$transaction(work, { maxWait: 5000, timeout: timeoutMs })
}
