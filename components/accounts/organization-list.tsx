import { Disclosure } from '@/components/ui/disclosure'
import { StatusPill } from '@/components/ui/status-pill'
import { TextLink } from '@/components/ui/text-link'
import { Form } from '@/components/forms/form'
import type { FormAction } from '@/components/forms/form-state'
import { SubmitButton } from '@/components/forms/submit-button'
import type { OwnMembership } from '@/lib/features/accounts/own-membership'

const sectionText = 'dim text-[13px]'

/** Organizations one is in, with what one holds there and the way in and out. */
export function OrganizationList({ memberships, leave }: { memberships: readonly OwnMembership[]; leave: FormAction }) {
  return (
    <ul aria-label="Organizations" className="divide-y divide-line-soft">
      {memberships.map((membership) => (
        <li key={membership.slug} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3 first:pt-0 last:pb-0">
          <div className="min-w-0">
            <p className="flex flex-wrap items-center gap-x-2 font-medium">
              {membership.status === 'active' ? (
                <TextLink href={`/${membership.slug}`}>{membership.name}</TextLink>
              ) : (
                membership.name
              )}
              {membership.status === 'suspended' ? <StatusPill tone="bad">Suspended</StatusPill> : null}
              {membership.status === 'ended' ? <StatusPill tone="warn">Session ended</StatusPill> : null}
            </p>
            <p className={sectionText}>
              <span className="mono">{membership.slug}</span> · {membership.roles.length > 0 ? membership.roles.join(', ') : 'No role beside membership'}
            </p>
            <Explanation membership={membership} />
          </div>
          {membership.status === 'active' ? <Leave membership={membership} action={leave} /> : null}
        </li>
      ))}
    </ul>
  )
}

function Explanation({ membership }: { membership: OwnMembership }) {
  if (membership.status === 'suspended') return <p className={sectionText}>An administrator has suspended you there. Ask one of them.</p>
  if (membership.status === 'active') return null
  return (
    <p className={sectionText}>
      An administrator ended this session there.{' '}
      <TextLink href={`/sign-in?reason=session-ended&next=${encodeURIComponent(`/${membership.slug}`)}`}>Sign in again</TextLink>
    </p>
  )
}

function Leave({ membership, action }: { membership: OwnMembership; action: FormAction }) {
  return (
    <Disclosure summary="Leave" summaryClass="btn btn-small" label={`Leave ${membership.name}`} side="end" name="leave">
      <div className="popup w-[280px] p-3">
        <p className="mb-3 text-ink-2">You lose your roles and keys in {membership.name} at once. Coming back takes a new invitation.</p>
        <Form action={action} label={`Leave ${membership.name}`}>
          <input type="hidden" name="org" value={membership.slug} />
          <SubmitButton variant="danger" size="wide">
            Leave organization
          </SubmitButton>
        </Form>
      </div>
    </Disclosure>
  )
}
