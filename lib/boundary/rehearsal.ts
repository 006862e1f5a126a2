import { prove, asAppError, parseInput, read } from './perform'
import type { Operation } from './operation'
import type { z } from 'zod'
import type { Ctx } from '@/lib/access/context'
import { enter } from '@/lib/access/enter'
import type { CorePermission } from '@/lib/access/permissions'
import { previewAccess, type AccessPreview, type Change, type PolicyChange } from '@/lib/access/preview'
import type { Actor } from '@/lib/access/principals/actor'
import { requireForBreakGlass } from '@/lib/access/way-in'
import { followedOf, type ChangeRow } from '@/lib/access/snapshots/changes-from-database'
import { transaction, type Tx } from '@/lib/db'

/** What an operation wrote that decisions depend on. */
type Written = { changes: Change[]; texts: PolicyChange[] }

/** Takes the transaction back, with what was found out in it. */
class Rehearsed extends Error {
  constructor(readonly written: Written) {
    super('a rehearsal is taken back')
  }
}

/** The organization's version, its row held, so that all versions after it are this transaction's. */
async function holdVersion(tx: Tx, organizationId: string): Promise<bigint> {
  const [row] = await tx.$queryRaw<{ version: bigint }[]>`SELECT "accessVersion" AS version FROM "Organization" WHERE "id" = ${organizationId} FOR NO KEY UPDATE`
  return row?.version ?? 0n
}

async function readWritten(tx: Tx, organizationId: string, after: bigint): Promise<Written> {
  const rows = await tx.$queryRaw<Omit<ChangeRow, 'version'>[]>`
    SELECT "kind", "operation", "row" FROM "AccessChange" WHERE "organizationId" = ${organizationId} AND "version" > ${after} ORDER BY "version", "ordinal"`
  const written: Written = { changes: [], texts: [] }
  for (const row of rows) {
    const followed = followedOf({ ...row, version: 0 })
    if (followed.about === 'policy') written.texts.push({ ownerId: followed.ownerId, text: followed.text })
    else if (followed.about === 'credential') written.changes.push(...followed.changes)
    else if ('change' in followed) written.changes.push(followed.change)
  }
  return written
}

/** The same for several inputs of one operation, one after the other. @throws AppError as the operation itself, for the first that it refuses */
export async function rehearseAll<P extends CorePermission | null, I extends z.ZodType, V, T>(
  operation: Operation<P, I, V>, actor: Actor, org: string, raws: readonly unknown[], tell: (ctx: Ctx, preview: AccessPreview) => Promise<T>,
): Promise<T> {
  try {
    await transaction(async (tx) => {
      const inside = await enter(tx, actor, org)
      requireForBreakGlass(inside, operation.mayBeThroughGlass)
      prove(inside, operation.permission)
      const before = await holdVersion(tx, inside.orgId)
      for (const raw of raws) {
        const input = parseInput(operation.input, raw)
        const ctx = prove(inside, operation.permission, (await operation.scope?.(input, inside)) ?? inside.orgId)
        await operation.run(ctx, input)
      }
      throw new Rehearsed(await readWritten(tx, inside.orgId, before))
    })
  } catch (error) {
    if (!(error instanceof Rehearsed)) throw asAppError(error)
    const { changes, texts } = error.written
    return read(actor, org, operation.permission, async (ctx) => tell(ctx, await previewAccess(ctx, changes, texts)))
  }
  throw new Error('a rehearsal was not taken back')
}

/**
 * Whose access an operation would change. It is run as `perform` runs it, with every check it makes and so refused for the
 * same reasons, and then taken back: nothing is left, sent or told to the log. What it wrote is what the preview is of, so
 * that no preview can be of something else than the change.
 *
 * @throws AppError as the operation itself
 */
export async function rehearse<P extends CorePermission | null, I extends z.ZodType, V, T>(
  operation: Operation<P, I, V>, actor: Actor, org: string, raw: unknown, tell: (ctx: Ctx, preview: AccessPreview) => Promise<T>,
): Promise<T> {
  return rehearseAll(operation, actor, org, [raw], tell)
}
