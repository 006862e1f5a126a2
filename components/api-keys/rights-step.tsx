'use client'
import { useState } from 'react'
import { refusalText } from '@/components/forms/refusal-text'
import { Field } from '@/components/forms/field'
import { RightsInWords } from '@/components/credentials/rights-in-words'
import { Checkbox } from '@/components/ui/checkbox'
import { Combobox } from '@/components/ui/combobox'
import type { Option } from '@/components/ui/option'
import { Select } from '@/components/ui/select'
import { Skeleton } from '@/components/ui/skeleton'
import type { PlaceOption, RoleOption } from '@/lib/features/credential-rights/rules'
import type { KeyDraft } from './key-draft'
import type { RightsDoors } from './key-doors'
import { useAnswer } from './use-answer'

type RightsStepProps = {
  doors: RightsDoors
  draft: KeyDraft
  onChange: (draft: Partial<KeyDraft>) => void
  /** Whose rights they are: "you may", "the account may". */
  whose: { everything: string; detail: string }
}

const placeOption = ({ id, name, typeTitle }: PlaceOption): Option => ({ value: id, label: name, detail: typeTitle })
const roleOption = ({ id, title, description, disabledReason }: RoleOption): Option => ({ value: id, label: title, detail: disabledReason ?? description, disabled: disabledReason !== null })

/** What the key may do: everything its owner may, or what one role permits; anywhere or in one place; told in words below. */
export function RightsStep({ doors, draft, onChange, whose }: RightsStepProps) {
  const roles = useAnswer(doors.listRoles, 'roles')
  const options = roles.value?.map((role) => roleOption(draft.place && draft.place.type !== 'organization' ? { ...role, disabledReason: null } : role)) ?? []
  return (
    <div className="fields">
      <PlaceField doors={doors} value={draft.place} onChange={(place) => onChange({ place })} />
      <fieldset className="grid gap-1">
        <legend className="label mb-1">It may do</legend>
        <Checkbox type="radio" name="rights" label={whose.everything} detail={whose.detail} checked={!draft.isNarrowed} onChange={() => onChange({ isNarrowed: false, roleId: '' })} />
        <Checkbox type="radio" name="rights" label="Only what one role permits" detail="As far as its owner may, too: a key never does more than its owner" checked={draft.isNarrowed} onChange={() => onChange({ isNarrowed: true })} />
      </fieldset>
      {draft.isNarrowed ? (
        <Field name="role" label="Role" {...(roles.failure !== null && { hint: roles.failure })}>
          {({ defaultValue: _, ...control }) => <Select {...control} options={options} value={draft.roleId} onValueChange={(roleId) => onChange({ roleId })} placeholder="Choose a role" />}
        </Field>
      ) : null}
      <Preview doors={doors} roleId={draft.isNarrowed ? draft.roleId : ''} scopeId={draft.place?.id ?? ''} />
    </div>
  )
}

type PlaceFieldProps = { doors: Pick<RightsDoors, 'searchPlaces'>; value: PlaceOption | null; onChange: (place: PlaceOption | null) => void; hint?: string }

/** One place and what lies below it, found by name; empty means anywhere. */
export function PlaceField({ doors, value, onChange, hint = 'Empty: wherever its owner may. A place includes everything below it.' }: PlaceFieldProps) {
  const [known] = useState(() => new Map<string, PlaceOption>())
  const first = useAnswer(() => doors.searchPlaces(''), 'places')
  const remember = (places: readonly PlaceOption[]) => {
    for (const place of places) known.set(place.id, place)
    return places.map(placeOption)
  }
  const search = async (text: string): Promise<readonly Option[]> => {
    const result = await doors.searchPlaces(text)
    if (!result.ok) throw new Error(refusalText(result.refusal))
    return remember(result.value)
  }
  return (
    <Field name="scope" label="Only in" optional hint={hint}>
      {({ defaultValue: _, required: _required, ...control }) => (
        <Combobox {...control} options={remember(first.value ?? [])} search={search} value={value && placeOption(value)} onValueChange={(option) => onChange(option ? (known.get(option.value) ?? null) : null)} placeholder="Anywhere" />
      )}
    </Field>
  )
}

/** The rights in words, asked for anew when role or place change. */
export function Preview({ doors, roleId, scopeId }: { doors: Pick<RightsDoors, 'findRights'>; roleId: string; scopeId: string }) {
  const asked = useAnswer(() => doors.findRights({ ...(roleId && { roleId }), ...(scopeId && { scopeId }) }), `${roleId} ${scopeId}`)
  if (asked.failure !== null) return <p role="alert" className="text-bad">{asked.failure}</p>
  const groups = asked.latest
  if (groups === null) return <Skeleton className="h-24 w-full" />
  const lacking = groups.flatMap(({ rights }) => rights).filter(({ reason }) => reason !== null).length
  return (
    <div className="grid gap-2" aria-busy={asked.value === null}>
      <p className="label">In words</p>
      {lacking > 0 ? <p className="text-warn">{lacking === 1 ? 'One of these it will not have, for the reason below it.' : `${lacking} of these it will not have, for the reasons below them.`}</p> : null}
      <RightsInWords groups={groups} label="Rights in words" none="Nothing." />
    </div>
  )
}
