import { ShieldCheck } from 'lucide-react'
import { EmptyState } from '@/components/layout/empty-state'
import { LinkButton } from '@/components/ui/link-button'

/** Nothing of the organization's own: none made yet, or none to be had in this access model. */
export function NoCustomRoles({ org, may }: { org: string; may: { write: boolean; customRoles: boolean } }) {
  const action = (
    <>
      <LinkButton href={`/${org}/roles`}>Show built-in roles</LinkButton>
      {may.write && may.customRoles ? (
        <LinkButton href={`/${org}/roles/new`} variant="primary">
          Create role
        </LinkButton>
      ) : null}
    </>
  )
  return (
    <EmptyState icon={<ShieldCheck aria-hidden="true" />} title={may.customRoles ? 'No roles of your own yet' : 'This access model has no roles of one’s own'} action={action}>
      {may.customRoles
        ? 'A custom role holds exactly the permissions you choose. Begin empty, or with a copy of a built-in one.'
        : 'Its built-in roles are all there are.'}
    </EmptyState>
  )
}
