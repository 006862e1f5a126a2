'use client'
import { useState } from 'react'
import { useAnswer } from '@/components/api-keys/use-answer'
import { ActionForm } from '@/components/forms/action-form'
import { SubmitButton } from '@/components/forms/submit-button'
import { Checkbox } from '@/components/ui/checkbox'
import { toast } from '@/components/ui/toast'
import { MODES, type Mode } from '@/lib/access/allowlist/surfaces'
import { findWouldBeRefusedAction, updateAllowlistAction } from '@/lib/features/ip-allowlist/actions'
import { MODE_WORDS } from './words'

const SHOWN = 8

/** Who of the recent callers the list would refuse. */
function Preview({ org, about }: { org: string; about: string }) {
  const { value, failure } = useAnswer(() => findWouldBeRefusedAction(org, {}), about)
  if (value === null) return <p role="status" className="text-ink-2">{failure ?? 'Looking at who came in the last 30 days…'}</p>
  const { callers, looked } = value
  if (callers.length === 0) return <p role="status" className="text-ink-2">Of {looked} callers of the last 30 days nobody would be refused.</p>
  return (
    <div role="status">
      <p>
        <strong>{callers.length} of {looked}</strong> callers of the last 30 days would be refused:
      </p>
      <ul className="mt-1 grid gap-0.5">
        {callers.slice(0, SHOWN).map(({ name, address, surface, lastAt }) => (
          <li key={`${name} ${address} ${lastAt}`} className="text-ink-2">
            {name} from <code className="mono break-all">{address}</code> ({surface === 'console' ? 'console' : 'API'})
          </li>
        ))}
        {callers.length > SHOWN ? <li className="text-ink-2">and {callers.length - SHOWN} more</li> : null}
      </ul>
    </div>
  )
}

/** Off, report only, enforced; says beforehand who would be refused. */
export function ModeForm({ org, mode, entryCount, isOwnListed }: { org: string; mode: Mode; entryCount: number; isOwnListed: boolean }) {
  const [wanted, setWanted] = useState<Mode>(mode)
  const [isMeant, setMeant] = useState(false)
  const locksOut = wanted === 'enforced' && !isOwnListed
  return (
    <ActionForm
      className="fields" label="Mode of the allowlist" run={() => updateAllowlistAction(org, { mode: wanted, ...(isMeant && locksOut && { confirmLockout: true }) })}
      onDone={() => toast({ title: `${MODE_WORDS[wanted].title} from now on`, ...(wanted === 'enforced' && mode !== 'enforced' && { description: 'Confirm it within five minutes, or it is taken back.' }) })}
    >
      <fieldset className="grid gap-2">
        <legend className="sr-only">Mode</legend>
        {MODES.map((each) => (
          <Checkbox key={each} type="radio" name="mode" value={each} label={MODE_WORDS[each].title} detail={MODE_WORDS[each].detail} checked={wanted === each} onChange={() => setWanted(each)} />
        ))}
      </fieldset>
      {wanted === 'off' ? null : <Preview org={org} about={`${wanted} ${entryCount}`} />}
      {locksOut ? (
        <Checkbox
          label="Enforce it although my own address is not listed" detail="You are refused from then on. Unless somebody confirms it from a listed address within five minutes, it is taken back."
          checked={isMeant} onChange={(event) => setMeant(event.currentTarget.checked)}
        />
      ) : null}
      <div>
        <SubmitButton disabled={wanted === mode}>{wanted === mode ? 'No change' : 'Change mode'}</SubmitButton>
      </div>
    </ActionForm>
  )
}
