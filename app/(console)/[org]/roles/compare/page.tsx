import type { Metadata } from 'next'
import { consolePage } from '@/app/console-page'
import { PageHeader } from '@/components/layout/page-header'
import { Section } from '@/components/layout/section'
import { CompareForm } from '@/components/roles/compare-form'
import { RoleComparison } from '@/components/roles/role-comparison'
import { RoleTabs } from '@/components/roles/role-tabs'
import { comparedOf } from '@/lib/features/roles/page-request'
import { compareRoles } from '@/lib/features/roles/view'
import { listRoleViews } from '@/lib/features/roles/views'

export const metadata: Metadata = { title: 'Compare roles' }

const counted = (count: number) => (count === 1 ? '1 permission' : `${count} permissions`)

export default consolePage('role:read', async ({ ctx, org, searchParams }) => {
  const { roles, groups } = await listRoleViews(ctx)
  const asked = comparedOf(searchParams)
  const [a, b] = [roles.find(({ id }) => id === asked.a), roles.find(({ id }) => id === asked.b)]
  const compared = a && b ? compareRoles(groups, a, b) : null
  return (
    <>
      <PageHeader title="Roles" description="Two roles side by side: first what one has and the other has not." />
      <RoleTabs org={org} current="compare" />
      <CompareForm roles={roles} a={a?.id ?? ''} b={b?.id ?? ''} />
      {a && b && compared ? (
        <>
          <Section title="Differences" description={compared.different.length === 0 ? `${a.title} and ${b.title} permit the same.` : `${counted(compared.different.length)} that only one of the two has.`}>
            {compared.different.length === 0 ? <p className="text-ink-2">Nothing differs.</p> : <RoleComparison label="Differences" lines={compared.different} a={a.title} b={b.title} />}
          </Section>
          <Section title="In both" description={`${counted(compared.same.length)} that both have.`}>
            {compared.same.length === 0 ? <p className="text-ink-2">They have nothing in common.</p> : <RoleComparison label="In both" lines={compared.same} a={a.title} b={b.title} />}
          </Section>
        </>
      ) : (
        <p className="text-ink-2">Choose two roles above.</p>
      )}
    </>
  )
})
