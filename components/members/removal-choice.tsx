'use client'
import { useState } from 'react'
import { useAnswer } from '@/components/api-keys/use-answer'
import { Checkbox } from '@/components/ui/checkbox'
import { NativeSelect } from '@/components/ui/native-select'
import { findHandoverChoicesAction } from '@/lib/features/service-accounts/actions'

type RemovalChoiceProps = { org: string; ids: readonly string[]; /** The service account that takes the keys over; undefined: they are revoked. */ onChoose: (handoverTo: string | undefined) => void }

const countOfKeys = (count: number): string => (count === 1 ? '1 API key' : `${count} API keys`)

/** What becomes of the keys of people who are removed; nothing to ask when they have none. */
export function RemovalChoice({ org, ids, onChoose }: RemovalChoiceProps) {
  const { value, failure } = useAnswer(() => findHandoverChoicesAction(org, { ids: [...ids] }), ids.join())
  const [handing, setHanding] = useState(false)
  const [account, setAccount] = useState('')
  if (failure !== null) return <p className="mt-3">{failure} Keys will be revoked.</p>
  if (value === null || value.keys === 0) return null
  const { keys, accounts } = value
  const first = accounts[0]
  const choose = (next: boolean, id: string) => {
    setHanding(next)
    setAccount(id)
    onChoose(next ? id : undefined)
  }
  return (
    <fieldset className="mt-3 grid gap-1">
      <legend className="label mb-1 text-ink">What becomes of {countOfKeys(keys)}?</legend>
      <Checkbox type="radio" name="keys" label="Revoke" detail="Whatever uses them fails at once" checked={!handing} onChange={() => choose(false, account)} />
      <Checkbox
        type="radio"
        name="keys"
        label="Hand over to a service account"
        detail={first ? 'They go on working, with the rights of the account instead' : 'There is none that you could hand them to'}
        checked={handing}
        disabled={first === undefined}
        onChange={() => choose(true, account || (first?.id ?? ''))}
      />
      {handing ? (
        <NativeSelect aria-label="Service account" options={accounts.map(({ id, name }) => ({ value: id, label: name }))} value={account} onChange={(event) => choose(true, event.currentTarget.value)} />
      ) : null}
    </fieldset>
  )
}
