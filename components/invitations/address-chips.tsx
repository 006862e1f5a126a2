'use client'
import { Chip } from '@/components/ui/chip'
import type { TypedAddress } from '@/lib/features/invitations/rules'

/** More chips than these help nobody. */
const SHOWN = 60

/** The typed addresses, each with what is wrong with it; wrong ones first, since they need a look. */
export function AddressChips({ addresses, onChange }: { addresses: readonly TypedAddress[]; onChange: (emails: string[]) => void }) {
  const wrong = addresses.filter(({ problem }) => problem !== null).length
  const numbered = addresses.map((address, index) => ({ ...address, index }))
  const ordered = [...numbered.filter(({ problem }) => problem !== null), ...numbered.filter(({ problem }) => problem === null)]
  const without = (index: number) => onChange(addresses.filter((_, at) => at !== index).map(({ email }) => email))
  const good = addresses.length - wrong
  return (
    <div className="-mt-2 grid gap-1.5">
      <p role="status" className="text-[13px] text-ink-2">
        {addresses.length === 0 ? '' : `${good} ${good === 1 ? 'address' : 'addresses'} to invite${wrong > 0 ? `, ${wrong} left out` : ''}`}
      </p>
      {addresses.length > 0 ? (
        <div className="chips">
          {ordered.slice(0, SHOWN).map(({ email, problem, index }) => (
            <Chip key={index} label={email} {...(problem === null ? {} : { tone: 'bad' as const, detail: problem })} onRemove={() => without(index)} />
          ))}
          {ordered.length > SHOWN ? <span className="dim">and {ordered.length - SHOWN} more</span> : null}
        </div>
      ) : null}
    </div>
  )
}
