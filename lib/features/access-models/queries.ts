import type { Ctx } from '@/lib/access/context'
import type { AccessModel } from '@/lib/access/models/access-model'
import { modelOf } from '@/lib/access/snapshots/rows-from-database'
import { AppError } from '@/lib/errors'
import { decodeCursor, listFingerprint, toPage, type Page } from '@/lib/pagination'
import type { ModelVersion } from './model-version'
import { CUSTOM_MODEL } from './reading'

export type CurrentModel = {
  /** Name of a built-in model, or `custom`. */
  name: string
  model: AccessModel
  /** Of a model of one's own: the text as it was saved. */
  current: (ModelVersion & { text: string }) | null
}

const columns = { version: true, note: true, savedByName: true, savedAt: true } as const

const versionOf = ({ savedByName, ...rest }: { version: number; note: string; savedByName: string; savedAt: Date }): ModelVersion => ({ ...rest, savedBy: savedByName })

/** The organization's access model, and the text of its own one; read anew, since this transaction may just have saved it. */
export async function findAccessModel({ tx, orgId, organization, model }: Ctx<'organization:read'>): Promise<CurrentModel> {
  const newest = await tx.accessModelVersion.findFirst({ where: { organizationId: orgId }, select: { ...columns, text: true }, orderBy: { version: 'desc' } })
  if (!newest) return { name: organization.accessModel, model, current: null }
  const { text, ...row } = newest
  return { name: CUSTOM_MODEL, model: modelOf(CUSTOM_MODEL, text), current: { ...versionOf(row), text } }
}

/** Versions of the organization's own model, newest first; none while it has a built-in one. */
export async function listModelVersions(ctx: Ctx<'organization:read'>, { limit, cursor }: { limit: number; cursor?: string | undefined }): Promise<Page<ModelVersion>> {
  const fingerprint = listFingerprint(['access-model-versions', ctx.orgId])
  const after = cursor === undefined ? undefined : decodeCursor(cursor, fingerprint)
  const rows = await ctx.tx.accessModelVersion.findMany({
    where: { organizationId: ctx.orgId, ...(after?.[0] !== undefined && { version: { lt: Number(after[0]) } }) },
    select: columns, orderBy: { version: 'desc' }, take: limit + 1,
  })
  const page = toPage(rows, { limit, ...(after && { after }) }, fingerprint, (row) => [String(row.version)])
  return { ...page, rows: page.rows.map(versionOf) }
}

/** One version with its text. @throws AppError `not-found` */
export async function findModelVersion(ctx: Ctx<'organization:read'>, version: number): Promise<ModelVersion & { text: string }> {
  const found = await ctx.tx.accessModelVersion.findUnique({ where: { organizationId_version: { organizationId: ctx.orgId, version } }, select: { ...columns, text: true } })
  if (!found) throw new AppError('not-found', `no version \`${version}\` of the access model`)
  const { text, ...row } = found
  return { ...versionOf(row), text }
}

/** The version of the model in force; 0 while the organization has a built-in one. */
export async function currentVersion(ctx: Ctx): Promise<number> {
  const newest = await ctx.tx.accessModelVersion.findFirst({ where: { organizationId: ctx.orgId }, select: { version: true }, orderBy: { version: 'desc' } })
  return newest?.version ?? 0
}
