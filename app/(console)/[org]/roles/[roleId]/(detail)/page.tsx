import { Copy, GitCompareArrows, Pencil } from 'lucide-react'
import type { Metadata } from 'next'
import { consolePage } from '@/app/console-page'
import { PageHeader } from '@/components/layout/page-header'
import { Section } from '@/components/layout/section'
import { HoldersTable } from '@/components/roles/holders-table'
import { PermissionGroups } from '@/components/roles/permission-groups'
import { DeleteRoleButton } from '@/components/roles/role-actions'
import { RoleFacts } from '@/components/roles/role-facts'
import { RoleKindBadge } from '@/components/roles/role-kind'
import { LinkButton } from '@/components/ui/link-button'
import { requirePermission } from '@/lib/access/enter'
import { listRoleHolders } from '@/lib/features/roles/holders'
import { countInWords, holderPageOf } from '@/lib/features/roles/page-request'
import { findRoleView } from '@/lib/features/roles/views'

export const metadata: Metadata = { title: 'Role' }

const heldBy = (holders: number | null): string => (holders === null ? '' : holders === 1 ? '1 holder' : `${countInWords(holders)} holders`)

export default consolePage('role:read', async ({ ctx, org, params, searchParams }) => {
  const { role, groups } = await findRoleView(ctx, params['roleId'] ?? '')
  const { rights, model } = ctx
  const mayWrite = rights.holds('role:write') && model.rules.customRoles
  const isCustom = role.kind === 'custom'
  const page = holderPageOf(searchParams)
  const holders = rights.anywhere('assignment:read') && !role.isFloor ? await listRoleHolders(requirePermission(ctx, 'assignment:read'), role.id, page) : null
  const fixed = `Built into the ${model.title} model, so it cannot be changed${mayWrite ? '; duplicate it to make one of your own' : ''}.`
  return (
    <>
      <PageHeader
        title={role.title}
        trail={[{ label: 'Roles', href: `/${org}/roles` }]}
        mark={<RoleKindBadge kind={role.kind} isFloor={role.isFloor} />}
        description={`${role.description} ${isCustom ? '' : fixed}`.trim()}
        actions={
          <>
            <LinkButton href={`/${org}/roles/compare?a=${role.id}`} icon={<GitCompareArrows aria-hidden="true" />}>Compare</LinkButton>
            {mayWrite ? <LinkButton href={`/${org}/roles/new?from=${role.id}`} icon={<Copy aria-hidden="true" />}>Duplicate</LinkButton> : null}
            {mayWrite && isCustom ? <LinkButton href={`/${org}/roles/${role.id}/edit`} variant="primary" icon={<Pencil aria-hidden="true" />}>Edit role</LinkButton> : null}
          </>
        }
      />
      <Section title="Permissions" description="What it permits where it is held, and everywhere below.">
        <PermissionGroups groups={groups} role={role} />
      </Section>
      {role.isFloor ? (
        <Section title="Holders">
          <p className="text-ink-2">Every active member holds it; it can be neither given nor taken.</p>
        </Section>
      ) : holders ? (
        <Section title="Holders" description="Who holds it, themselves or as a group, and where.">
          <HoldersTable org={org} title={role.title} rows={holders.rows} pages={{ nextCursor: holders.nextCursor, previousCursor: holders.previousCursor, countLabel: heldBy(role.holders) }} />
        </Section>
      ) : null}
      <Section title="Facts">
        <RoleFacts role={role} />
      </Section>
      {mayWrite && isCustom ? (
        <Section title="Delete" description="While somebody holds it, you choose which role they get instead.">
          <DeleteRoleButton org={org} role={{ id: role.id, title: role.title }} />
        </Section>
      ) : null}
    </>
  )
})
