import { operation } from '@/lib/boundary/operation'
import { ExportInput, VerifyInput } from './schema'

const logTarget = (organization: { id: string; name: string }) => ({ type: 'organization', id: organization.id, name: organization.name })

/** Puts into the log who takes a copy of it, and of what. The copy itself is streamed afterwards. */
export const exportAuditLog = operation({
  event: 'audit.export',
  permission: 'audit:read',
  input: ExportInput,
  scope: ({ scope }) => scope,
  run: async (ctx, { format, scope: _where, ...filters }) => {
    const { from, to, ...rest } = filters
    const told = { ...rest, ...(from && { from: from.toISOString() }), ...(to && { to: to.toISOString() }) }
    const filter = Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined && value.length > 0))
    return { value: { organization: ctx.organization.slug, format, filters }, targets: [logTarget(ctx.organization)], detail: { format, filter } }
  },
})

/** Puts into the log what a verification found; without a result only asks whether one may verify. */
export const verifyAuditLog = operation({
  event: 'audit.verify',
  permission: 'audit:read',
  input: VerifyInput,
  run: async (ctx, { result }) => ({
    value: null,
    ...(result ? { targets: [logTarget(ctx.organization)], detail: { ...result } } : { events: [] }),
  }),
})
