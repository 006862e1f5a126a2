'use client'
import { useState } from 'react'
import { NumberSetting, type NumberDraft } from '@/components/credential-policy/number-setting'
import { ActionForm } from '@/components/forms/action-form'
import { Field } from '@/components/forms/field'
import { SubmitButton } from '@/components/forms/submit-button'
import { Input } from '@/components/ui/input'
import { Switch } from '@/components/ui/switch'
import { toast } from '@/components/ui/toast'
import { updateSessionPolicyAction } from '@/lib/features/session-policy/actions'
import { MissingFactors, type MissingFactorsProps } from './missing-factors'

/** The policy as its page knows it. `from` is ISO; null: no second factor is demanded. */
export type ShownPolicy = { from: string | null; connectionsCount: boolean; lifetimeMinutes: number | null; idleMinutes: number | null }

type SessionPolicyFormProps = { org: string; policy: ShownPolicy; missing: MissingFactorsProps }

const MOST = 43_200
const draftOf = (minutes: number | null, usual: string): NumberDraft => ({ isOn: minutes !== null, number: minutes === null ? usual : String(minutes) })
const minutesOf = ({ isOn, number }: NumberDraft): number | null => (isOn ? Number(number) : null)

/** What the organization demands of sessions. It counts at once, for those that exist too. */
export function SessionPolicyForm({ org, policy, missing }: SessionPolicyFormProps) {
  const [isDemanded, setDemanded] = useState(policy.from !== null)
  const [grace, setGrace] = useState('7')
  const [connectionsCount, setConnectionsCount] = useState(policy.connectionsCount)
  const [lifetime, setLifetime] = useState(() => draftOf(policy.lifetimeMinutes, '720'))
  const [idle, setIdle] = useState(() => draftOf(policy.idleMinutes, '60'))
  const isNew = isDemanded && policy.from === null
  const send = () =>
    updateSessionPolicyAction(org, {
      secondFactor: isDemanded ? 'required' : 'off', connectionsCount, lifetimeMinutes: minutesOf(lifetime), idleMinutes: minutesOf(idle),
      ...(isNew && { graceDays: Number(grace) }),
    })
  return (
    <ActionForm className="fields" label="Session policy" run={send} onDone={() => toast({ title: 'Saved the session policy' })}>
      <div className="grid gap-2">
        <Switch label="Demand a second factor" detail="Off: the password alone opens a session" checked={isDemanded} onChange={(event) => setDemanded(event.currentTarget.checked)} />
        {isDemanded ? (
          <div className="grid gap-3 pl-11">
            {isNew ? (
              <div className="max-w-56">
                <Field name="graceDays" label="Days until it is demanded" hint="Until then people are asked to set one up and may do it later.">
                  {({ defaultValue: _, ...control }) => <Input {...control} type="number" min={0} max={60} inputMode="numeric" value={grace} onChange={(event) => setGrace(event.currentTarget.value)} />}
                </Field>
              </div>
            ) : (
              <p className="text-ink-2">Demanded {policy.from ? `since or from ${new Date(policy.from).toUTCString().slice(5, 16)}` : ''}.</p>
            )}
            <MissingFactors {...missing} />
            <Switch label="An identity provider’s sign-in counts" detail="Off: those sessions must show a second factor of the account as well" checked={connectionsCount} onChange={(event) => setConnectionsCount(event.currentTarget.checked)} />
          </div>
        ) : null}
      </div>
      <NumberSetting
        name="lifetimeMinutes" title="Longest life" detail="Off: 30 days" unit="Minutes" bounds={{ min: 15, max: MOST }} draft={lifetime} onChange={setLifetime}
        effect={<p className="text-ink-2">Counted from signing in. Sessions that are older have to sign in again at their next click.</p>}
      />
      <NumberSetting
        name="idleMinutes" title="Longest time without use" detail="Off: no limit" unit="Minutes" bounds={{ min: 5, max: MOST }} draft={idle} onChange={setIdle}
        effect={<p className="text-ink-2">Last use is kept by the minute, so a session may be closed up to a minute early.</p>}
      />
      <div>
        <SubmitButton>Save policy</SubmitButton>
      </div>
    </ActionForm>
  )
}
