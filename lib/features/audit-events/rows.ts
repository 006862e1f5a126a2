import type { AuditRecord } from '@/lib/boundary/audit-chain'
import { Prisma } from '@/lib/generated/prisma/client'

/** A whole row of the log, its proof included. */
export type EventRow = AuditRecord & { proof: string }

/** A row with its place in the chain; both null while it waits. */
export type SealedRow = EventRow & { sequence: bigint | null; seal: string | null }

/** The columns of an `EventRow` of the alias `e`. */
export const EVENT_COLUMNS = Prisma.sql`e."id", e."organizationId", e."at", e."event", e."outcome", e."source", e."actorType", e."actorId",
  e."actorName", e."credentialId", e."targets", e."targetIds", e."before", e."after", e."detail", e."address", e."userAgent", e."requestId", e."proof"`

/** The columns of a `SealedRow`, and where they come from. */
export const SEALED_COLUMNS = Prisma.sql`${EVENT_COLUMNS}, s."sequence", s."seal"`
export const SEALED_EVENTS = Prisma.sql`"AuditEvent" e LEFT JOIN "AuditSeal" s ON s."eventId" = e."id"`
