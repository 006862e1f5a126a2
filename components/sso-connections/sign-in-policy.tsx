'use client'
import { askToConfirm } from '@/components/forms/confirm'
import { SelectField } from '@/components/forms/select-field'
import { ActionForm } from '@/components/forms/action-form'
import { SubmitButton } from '@/components/forms/submit-button'
import { Button } from '@/components/ui/button'
import type { Option } from '@/components/ui/option'
import { toast } from '@/components/ui/toast'
import { updateSignInPolicyAction } from '@/lib/features/sign-in-policy/actions'

type People = { count: number; first: readonly string[] }
type Props = {
  org: string
  organization: string
  policy: { ssoOnly: boolean; autoprovision: boolean; defaultRoleId: string | null }
  effects: { signedOut: People; withoutConnection: People; testedHere: { name: string } | null }
  roles: readonly Option[]
  domains: readonly string[]
}

const people = ({ count, first }: People): string => (count === 0 ? 'nobody' : `${count} ${count === 1 ? 'person' : 'people'} (${first.slice(0, 5).join(', ')}${count > 5 ? ' and others' : ''})`)

/** The two switches, each saying what it will do to whom before it does. */
export function SignInPolicy({ org, organization, policy, effects, roles, domains }: Props) {
  const switchOn = () => askToConfirm({
    title: 'Switch SSO-only on?', confirmLabel: 'Switch SSO-only on', danger: true,
    description: (
      <>
        <p>Passwords and other providers no longer open {organization}; API keys and tokens go on working.</p>
        <p>Signed out at once: {people(effects.signedOut)}. Without a way in, since no enabled connection speaks for their address: {people(effects.withoutConnection)}.</p>
        <p>Your own session goes on as one through {effects.testedHere?.name}, and opens {organization} only.</p>
      </>
    ),
    onConfirm: () => updateSignInPolicyAction(org, { ssoOnly: true }), onDone: () => toast({ title: 'SSO-only is on' }),
  })
  const switchOff = () => askToConfirm({
    title: 'Switch SSO-only off?', description: 'Passwords and other providers open the organization again.', confirmLabel: 'Switch SSO-only off',
    onConfirm: () => updateSignInPolicyAction(org, { ssoOnly: false }), onDone: () => toast({ title: 'SSO-only is off' }),
  })
  const autoprovision = (isOn: boolean) => askToConfirm({
    title: isOn ? 'Switch autoprovision on?' : 'Switch autoprovision off?', confirmLabel: isOn ? 'Switch autoprovision on' : 'Switch autoprovision off',
    description: isOn
      ? `Whoever signs in through a connection with an address of ${domains.join(', ') || 'a verified domain'} becomes a member at once, with the roles of their groups or the default role.`
      : 'Only people who were invited or are members get in from now on. Nobody is removed.',
    onConfirm: () => updateSignInPolicyAction(org, { autoprovision: isOn }), onDone: () => toast({ title: `Autoprovision is ${isOn ? 'on' : 'off'}` }),
  })
  return (
    <div className="grid gap-6">
      <div className="grid gap-2">
        <div className="flex flex-wrap items-center gap-3">
          <strong>SSO-only is {policy.ssoOnly ? 'on' : 'off'}</strong>
          {policy.ssoOnly ? <Button onClick={switchOff}>Switch off</Button> : <Button onClick={switchOn} disabled={effects.testedHere === null}>Switch SSO-only on</Button>}
        </div>
        <p className="text-ink-2">
          {policy.ssoOnly ? 'Sessions must come from one of the connections above. ' : `It would sign out ${people(effects.signedOut)}; without a connection: ${people(effects.withoutConnection)}. `}
          API keys and tokens are never affected.
        </p>
        {!policy.ssoOnly && effects.testedHere === null ? <p className="text-ink-2">To switch it on, enable a connection and test it in this browser as yourself: that shows you will get in.</p> : null}
      </div>
      <div className="grid gap-2">
        <div className="flex flex-wrap items-center gap-3">
          <strong>Autoprovision is {policy.autoprovision ? 'on' : 'off'}</strong>
          <Button onClick={() => autoprovision(!policy.autoprovision)}>{policy.autoprovision ? 'Switch off' : 'Switch autoprovision on'}</Button>
        </div>
        <p className="text-ink-2">{policy.autoprovision ? 'A first sign-in through a connection makes the membership.' : 'People must be invited before they sign in through a connection.'}</p>
      </div>
      <ActionForm
        className="fields max-w-[420px]" label="Default role" onDone={() => toast({ title: 'Saved the default role' })}
        run={(data) => updateSignInPolicyAction(org, { defaultRole: String(data.get('defaultRole')) || null })}
      >
        <SelectField name="defaultRole" label="Default role" hint="Of people who come in by autoprovision and are in no mapped group" defaultValue={policy.defaultRoleId ?? ''} options={[{ value: '', label: 'As the access model says' }, ...roles]} />
        <div><SubmitButton>Save default role</SubmitButton></div>
      </ActionForm>
    </div>
  )
}
