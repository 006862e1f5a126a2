import type { Metadata } from 'next'
import { memberPage } from '@/app/console-page'
import { PageHeader } from '@/components/layout/page-header'
import { Section } from '@/components/layout/section'
import { Chip } from '@/components/ui/chip'
import { RelativeTime } from '@/components/ui/relative-time'
import { CORE_PERMISSIONS } from '@/lib/access/permissions'
import { listOwnGrants, ownCorePermissions } from '@/lib/features/organizations/queries'

export const metadata: Metadata = { title: 'My access' }

export default memberPage(async ({ ctx }) => {
  const grants = await listOwnGrants(ctx)
  const permissions = ownCorePermissions(ctx)
  const floor = ctx.model.roles.find((role) => role.floor)
  return (
    <>
      <PageHeader title="My access" description={`What you may do in ${ctx.organization.name}, and why.`} />
      <Section title="Your roles" description={floor ? `Everyone also holds ${floor.title}: ${floor.description}` : undefined}>
        {grants.length === 0 ? <p className="text-ink-2">You hold no role beyond what everyone has. An administrator can give you one.</p> : null}
        <ul className="grid gap-2">
          {grants.map((grant) => (
            <li key={`${grant.role} ${grant.scope}`} className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <Chip label={grant.title} detail={grant.scope} />
              <span className="text-[13px] text-ink-2">
                {grant.reason || 'no reason given'}
                {grant.grantedBy ? ` · given by ${grant.grantedBy}` : ''}
                {grant.expiresAt ? <> · ends <RelativeTime at={grant.expiresAt.toISOString()} /></> : ''}
              </span>
            </li>
          ))}
        </ul>
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
