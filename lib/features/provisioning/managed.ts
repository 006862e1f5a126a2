import type { Ctx } from '@/lib/access/context'
import { AppError } from '@/lib/errors'

/** What a directory may decide about: named by address or name. */
export type Managed = { name: string; directoryId: string | null }

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
