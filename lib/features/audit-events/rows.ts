import type { AuditRecord } from '@/lib/boundary/audit-chain'
import { Prisma } from '@/lib/generated/prisma/client'

/** A whole row of the log, its proof included. */
export type EventRow = AuditRecord & { proof: string }

/** The columns of an `EventRow` of the alias `e`. */
export const EVENT_COLUMNS = Prisma.sql`e."id", e."organizationId", e."at", e."event", e."outcome", e."source", e."actorType", e."actorId",
  e."actorName", e."credentialId", e."targets", e."targetIds", e."before", e."after", e."detail", e."address", e."userAgent", e."requestId", e."proof"`
