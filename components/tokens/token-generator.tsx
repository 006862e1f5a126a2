'use client'
import { lazy, Suspense, useState } from 'react'
import { expiresAtOf, expiryProblem, firstExpiry, type ExpiryChoice, type LifetimePolicy } from '@/components/credentials/expiry-choice'
import { ExpiryPicker } from '@/components/credentials/expiry-picker'
import { PlaceField, Preview } from '@/components/api-keys/rights-step'
import type { RightsDoors } from '@/components/api-keys/key-doors'
import { stepRefusal } from '@/components/api-keys/step-refusal'
import { ActionForm } from '@/components/forms/action-form'
import { Field } from '@/components/forms/field'
import { SubmitButton } from '@/components/forms/submit-button'
import { Input } from '@/components/ui/input'
import type { Option } from '@/components/ui/option'
import { Select } from '@/components/ui/select'
import type { PlaceOption, RoleOption } from '@/lib/features/credential-rights/rules'
import { createTokenAction } from '@/lib/features/tokens/actions'
import { tokenDoors } from './token-doors'
import type { RevealedToken } from './token-reveal-dialog'
import type { MadeToken } from './token-secret'

const TokenRevealDialog = lazy(() => import('./token-reveal-dialog').then((module) => ({ default: module.TokenRevealDialog })))

export type TokenGeneratorProps = { org: string; organization: string; baseUrl: string; roles: readonly RoleOption[]; policy: LifetimePolicy; /** The role of the address: generate another of it. */ roleId: string }

const roleOption = ({ id, title, description, disabledReason }: RoleOption): Option => ({ value: id, label: title, detail: disabledReason ?? description, disabled: disabledReason !== null })

/** Pick a role, see what it permits, generate: as quick as that. Place, description and end may be left as they are. */
export function TokenGenerator({ org, organization, baseUrl, roles, policy, roleId: first }: TokenGeneratorProps) {
  const [roleId, setRoleId] = useState(first)
  const [place, setPlace] = useState<PlaceOption | null>(null)
  const [description, setDescription] = useState('')
  const [expiry, setExpiry] = useState<ExpiryChoice>(() => firstExpiry(policy))
  const [shown, setShown] = useState<RevealedToken | null>(null)
  const doors: RightsDoors = tokenDoors(org)
  const role = roles.find(({ id }) => id === roleId)
  const isElsewhere = place !== null && place.type !== 'organization'
  async function generate() {
    const problem = expiryProblem(expiry, policy, Date.now())
    if (roleId === '') return stepRefusal({ role: 'Choose a role' })
    if (problem !== null) return stepRefusal({ expiresAt: problem })
    return createTokenAction(org, { role: roleId, description, expiresAt: expiresAtOf(expiry, Date.now(), policy), ...(place && { scope: place.id }) })
  }
  const done = (made: MadeToken) => {
    setShown({ made, description, role: role?.title ?? '', scope: place?.name ?? organization, expiresAt: expiresAtOf(expiry, Date.now(), policy) })
    setDescription('')
  }
  return (
    <>
      <ActionForm className="fields" run={generate} onDone={done}>
        <div className="grid gap-4 md:grid-cols-2">
          <Field name="role" label="Role">
            {({ defaultValue: _, ...control }) => (
              <Select {...control} options={roles.map((each) => roleOption(isElsewhere ? { ...each, disabledReason: null } : each))} value={roleId} onValueChange={setRoleId} placeholder="Choose a role" />
            )}
          </Field>
          <PlaceField doors={doors} value={place} onChange={setPlace} hint={`Empty: everywhere in ${organization}. A place includes everything below it.`} />
        </div>
        {role ? <Preview doors={doors} roleId={role.id} scopeId={place?.id ?? ''} /> : <p className="text-ink-2">What the role permits is shown here.</p>}
        <Field name="description" label="Description" optional hint="What uses it.">
          {({ defaultValue: _, ...control }) => <Input {...control} maxLength={200} autoComplete="off" value={description} onChange={(event) => setDescription(event.currentTarget.value)} />}
        </Field>
        <ExpiryPicker policy={policy} value={expiry} onChange={setExpiry} />
        <div>
          <SubmitButton>Generate token</SubmitButton>
        </div>
      </ActionForm>
      {shown ? (
        <Suspense>
          <TokenRevealDialog token={shown} organization={organization} baseUrl={baseUrl} onClose={() => setShown(null)} />
        </Suspense>
      ) : null}
    </>
  )
}
