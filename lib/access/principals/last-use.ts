import { now } from '@/lib/clock'
import { db } from '@/lib/db'
import { Prisma } from '@/lib/generated/prisma/client'
import { processWide } from '@/lib/process-state'
import { requestFacts } from '@/lib/request'
import type { TokenSource } from './access-token'

const NOTE_MS = 60_000
const NOTED_MAX = 200_000
const noted = () => processWide('credential-use', () => new Map<string, number>())

const TABLES = { key: Prisma.sql`"ApiKey"`, token: Prisma.sql`"ApplicationToken"`, issuer: Prisma.sql`"TrustedIssuer"`, scim: Prisma.sql`"ScimToken"` } as const

type UsedType = TokenSource['type'] | 'scim'

/** Only forward: of two processes the later use counts. */
const write = (type: UsedType, id: string, at: Date, address: string): Promise<number> => db().$executeRaw`
  UPDATE ${TABLES[type]} SET "lastUsedAt" = ${at}, "lastUsedAddress" = ${address} WHERE "id" = ${id} AND ("lastUsedAt" IS NULL OR "lastUsedAt" < ${at})`

/** Writes *last used* at most once a minute a credential, without the request waiting for it. */
export function noteUse(type: UsedType, id: string, lastUsedAt: Date | null): void {
  const at = now()
  const latest = Math.max(noted().get(id) ?? 0, lastUsedAt?.getTime() ?? 0)
  if (at.getTime() - latest < NOTE_MS) return
  if (noted().size >= NOTED_MAX) noted().clear()
  noted().set(id, at.getTime())
  // Last used is a convenience; when it fails, the next use writes it again.
  write(type, id, at, requestFacts().address).catch(() => noted().delete(id))
}
