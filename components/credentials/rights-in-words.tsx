'use client'
import { Check, Minus } from 'lucide-react'

/** A right as somebody reads it; `reason` says why it will not be there. */
export type Right = { name: string; title: string; description: string; reason: string | null }
export type RightGroup = { group: string; rights: Right[] }

/** What a credential may do, group by group; what it may not although its role says so stands among it, with the reason. */
export function RightsInWords({ groups, label, none }: { groups: readonly RightGroup[]; label: string; /** Said when there is nothing. */ none: string }) {
  if (groups.length === 0) return <p className="text-ink-2">{none}</p>
  return (
    <div role="region" aria-label={label} tabIndex={0} className="grid max-h-[320px] gap-3 overflow-y-auto rounded-md border border-line p-3">
      {groups.map(({ group, rights }) => (
        <section key={group} aria-label={group}>
          <h3 className="mb-1 text-[13px] font-semibold text-ink-2">{group}</h3>
          <ul className="grid gap-x-4 gap-y-1 sm:grid-cols-2">
            {rights.map(({ name, title, description, reason }) => (
              <li key={name} className="flex gap-2" title={`${description} (${name})`}>
                {reason === null ? <Check aria-hidden="true" className="mt-0.5 size-4 flex-none text-ok" /> : <Minus aria-hidden="true" className="mt-0.5 size-4 flex-none text-ink-3" />}
                <span className={reason === null ? '' : 'text-ink-3'}>
                  {title}
                  {reason === null ? null : <small className="block">{reason}</small>}
                </span>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}
