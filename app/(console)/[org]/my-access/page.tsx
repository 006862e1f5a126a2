import type { Metadata } from 'next'
import { memberPage } from '@/app/console-page'
import { PageHeader } from '@/components/layout/page-header'
import { Section } from '@/components/layout/section'
import { PrincipalRoles } from '@/components/role-assignments/principal-roles'
import { ReachTree } from '@/components/role-assignments/reach-tree'
import { LinkButton } from '@/components/ui/link-button'
import { CORE_PERMISSIONS } from '@/lib/access/permissions'
import { ownCorePermissions } from '@/lib/features/organizations/queries'
import { listAssignmentsOf } from '@/lib/features/role-assignments/queries'
import { findReach } from '@/lib/features/role-assignments/reach'

export const metadata: Metadata = { title: 'My access' }

export default memberPage(async ({ ctx, org }) => {
  const self = ctx.membership?.id ?? ''
  const assignments = await listAssignmentsOf(ctx, self, null)
  const reach = await findReach(ctx, self, null, null)
  const permissions = ownCorePermissions(ctx)
  const floor = ctx.model.roles.find((role) => role.floor)
  return (
    <>
      <PageHeader title="My access" description={`What you may do in ${ctx.organization.name}, and why.`} actions={ctx.rights.holds('key:self') ? <LinkButton href={`/${org}/api-keys?owner=me`}>Your API keys</LinkButton> : null} />
      <Section title="Your roles" description={floor ? `Everyone also holds ${floor.title}: ${floor.description}` : undefined}>
        <PrincipalRoles org={org} principal={{ type: 'user', id: self, name: 'you' }} assignments={assignments} mayGive={false} none="You hold no role beyond what everyone has. An administrator can give you one." />
      </Section>
      <Section title="What you can reach" description="Only branches where a role is held. What is held at a place counts everywhere below it.">
        <ReachTree org={org} principalId={null} first={reach} none="Nothing beyond what everybody may." />
      </Section>
      <Section title="In this console" description="What the console itself lets you do, in words.">
        <ul className="grid gap-x-6 gap-y-2 md:grid-cols-2">
          {permissions.map(({ name, held }) => (
            <li key={name} className={held ? undefined : 'text-ink-3'}>
              <span aria-hidden="true">{held ? '✓ ' : '– '}</span>
              {CORE_PERMISSIONS[name].title}
              <span className="sr-only">{held ? ' (yes)' : ' (no)'}</span>
              <code className="mono ml-2 text-[12px] text-ink-3">{name}</code>
            </li>
          ))}
        </ul>
      </Section>
    </>
  )
})
