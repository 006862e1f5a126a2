import type { Ctx } from '@/lib/access/context'
import { AppError } from '@/lib/errors'
import { asKind, type ManagedBy } from './rules'

/** What a directory may decide about: named by address or name. */
export type Managed = { name: string; directoryId: string | null }

/** The directories that decide about rows of a list; there are few, and they are only looked up when one does. */
export async function findManagers({ tx, orgId }: Ctx, rows: readonly { directoryId: string | null }[]): Promise<(row: { directoryId: string | null }) => ManagedBy | null> {
  const ids = [...new Set(rows.flatMap(({ directoryId }) => directoryId ?? []))]
  const directories = ids.length === 0 ? [] : await tx.directory.findMany({ where: { organizationId: orgId, id: { in: ids } }, select: { id: true, name: true, kind: true } })
  const known = new Map(directories.map(({ id, name, kind }) => [id, { id, name, kind: asKind(kind) }]))
  return ({ directoryId }) => (directoryId === null ? null : (known.get(directoryId) ?? null))
}

/** The name of a directory of this organization. */
async function findDirectoryName({ tx, orgId }: Ctx, id: string): Promise<string> {
  const directory = await tx.directory.findUnique({ where: { organizationId_id: { organizationId: orgId, id } }, select: { name: true } })
  return directory?.name ?? 'a directory'
}

/**
 * Refuses to change here what a directory decides about: its next sync would change it back.
 *
 * @param what that cannot be changed, as in "its name"
 * @throws AppError `managed` naming the directory
 */
export async function requireUnmanaged(ctx: Ctx, { name, directoryId }: Managed, what: string): Promise<void> {
  if (directoryId === null) return
  const directory = await findDirectoryName(ctx, directoryId)
  throw new AppError('managed', `\`${name}\` is managed by ${directory}, which decides about ${what}; change it there, or release it under Settings, Provisioning`)
}
