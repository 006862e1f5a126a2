import type { DirectoryActor } from '@/lib/access/principals/actor'
import { now } from '@/lib/clock'
import { db } from '@/lib/db'
import type { Prisma } from '@/lib/generated/prisma/client'
import { newId } from '@/lib/ids'
import { log } from '@/lib/log'
import { processWide } from '@/lib/process-state'
import { requestFacts } from '@/lib/request'
import { rehearsedBy } from './rehearsals'
import { storable } from '@/lib/scim/storable'

/** Requests kept of each directory. */
export const KEPT_REQUESTS = 500
/** Older ones are dropped each time so many more have come. */
const TRIM_EVERY = 50
const BODY_MAX = 16_384
const SEEN_EVERY_MS = 60_000

export type LoggedRequest = { method: string; path: string; status: number; request: unknown; answer: unknown; milliseconds: number }

const counts = () => processWide('scim-requests', () => new Map<string, number>())
const seen = () => processWide('scim-seen', () => new Map<string, number>())

/** A body as text that any database takes, without what nobody should read; one nested beyond what can be written is not kept. */
function textOf(body: unknown): string {
  try {
    return JSON.stringify(body, (key, value: unknown) => (/password|secret|token/i.test(key) ? '[left out]' : value))
      .replace(/\\\\|\\u(?:0000|d[89a-f][0-9a-f]{2})/g, (escape) => (escape === '\\\\' ? escape : '\\ufffd'))
  } catch {
    return '"[nested too deep to be kept]"'
  }
}

/** What a body may be kept as: never a password, and cut when it is long. */
function kept(body: unknown): Prisma.InputJsonValue | undefined {
  if (body === undefined || body === null) return undefined
  const text = textOf(body)
  if (text.length > BODY_MAX) return { cut: storable(text.slice(0, BODY_MAX)), characters: text.length }
  const value: unknown = JSON.parse(text)
  return value === null ? undefined : value
}

const textIn = (answer: unknown, name: string): string | null => {
  if (typeof answer !== 'object' || answer === null) return null
  const value: unknown = Object.entries(answer).find(([key]) => key === name)?.[1]
  return typeof value === 'string' ? value : null
}

async function write(actor: DirectoryActor, { method, path, status, request, answer, milliseconds }: LoggedRequest): Promise<void> {
  const { organizationId, directory, token } = actor
  const isError = status >= 400
  const rehearsal = rehearsedBy(actor)
  const sent = kept(request)
  const answered = kept(answer)
  await db().provisioningRequest.create({
    data: {
      id: newId('provisioningRequest'), organizationId, directoryId: directory.id, tokenId: token.id, at: now(), method, path: storable(path.slice(0, 2000)), status, milliseconds, requestId: requestFacts().id,
      scimType: isError ? textIn(answer, 'scimType') : null, detail: isError ? storable((textIn(answer, 'detail') ?? '').slice(0, 1000)) : '',
      ...(sent !== undefined && { request: sent }), ...(answered !== undefined && { answer: answered }), ...(rehearsal !== null && { rehearsal }),
    },
    select: { id: true },
  })
}

async function trim({ organizationId, directory: { id } }: DirectoryActor): Promise<void> {
  await db().$executeRaw`
    DELETE FROM "ProvisioningRequest" WHERE "organizationId" = ${organizationId} AND "directoryId" = ${id} AND "id" <= (
      SELECT "id" FROM "ProvisioningRequest" WHERE "organizationId" = ${organizationId} AND "directoryId" = ${id} ORDER BY "id" DESC OFFSET ${KEPT_REQUESTS} LIMIT 1)`
}

async function noteSeen({ organizationId, directory: { id } }: DirectoryActor): Promise<void> {
  const at = now()
  if (at.getTime() - (seen().get(id) ?? 0) < SEEN_EVERY_MS) return
  seen().set(id, at.getTime())
  await db().directory.updateMany({ where: { organizationId, id }, data: { lastRequestAt: at } })
}

/** Keeps a request for whoever looks for the reason a sync fails. Should that not work, the answer is given all the same. */
export async function keepRequest(actor: DirectoryActor, request: LoggedRequest): Promise<void> {
  try {
    await write(actor, request)
    await noteSeen(actor)
    const count = (counts().get(actor.directory.id) ?? 0) + 1
    counts().set(actor.directory.id, count)
    if (count % TRIM_EVERY === 0) await trim(actor)
  } catch (error) {
    log().error({ err: error }, 'a SCIM request could not be kept')
  }
}
