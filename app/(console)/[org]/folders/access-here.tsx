import { ResourceAccess } from '@/components/role-assignments/resource-access'
import { Section } from '@/components/layout/section'
import { LinkButton } from '@/components/ui/link-button'
import type { Ctx } from '@/lib/access/context'
import { requirePermission } from '@/lib/access/enter'
import { explainAddress } from '@/lib/features/explanations/address'
import type { Place } from '@/lib/features/resources/rules'
import { listAccessAt } from '@/lib/features/role-assignments/access'
import { AccessFilter } from '@/lib/features/role-assignments/schema'

/** Who has access to a resource, for whoever may know: given here, and inherited with its origin. */
export async function AccessHere({ ctx, org, resource }: { ctx: Ctx<'resource:read'>; org: string; resource: Place }) {
  const { rights } = ctx
  if (!rights.holds('assignment:read', resource.id)) return null
  const { rows, nextCursor } = await listAccessAt(requirePermission(ctx, 'assignment:read'), resource.id, AccessFilter.parse({}), { limit: 50 })
  return (
    <Section
      title="Who has access here"
      description="Roles given here, and those inherited from above. Policies of groups may permit more: Explain tells."
      actions={
        <div className="flex flex-wrap gap-2">
          {rights.holds('member:read', resource.id) ? <LinkButton href={`/${org}/users?at=${resource.id}`} size="small">What users may do</LinkButton> : null}
          {rights.holds('decision:ask', resource.id) ? <LinkButton href={explainAddress(org, { resource: resource.id })} size="small">Explain</LinkButton> : null}
        </div>
      }
    >
      <ResourceAccess org={org} resource={resource} first={{ rows, nextCursor }} mayGive={rights.holds('assignment:write', resource.id)} resourceBase={`/${org}/folders/`} />
    </Section>
  )
}
