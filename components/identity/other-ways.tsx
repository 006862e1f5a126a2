import type { ReactNode } from 'react'
import type { ProofKind } from '@/lib/features/identity-proofs/rules'

type OtherWaysProps = { kind: ProofKind; kinds: readonly ProofKind[]; /** A link or a button for a way. */ wayTo: (kind: ProofKind) => ReactNode }

/** The ways of proving who one is beside the one shown. */
export function OtherWays({ kind, kinds, wayTo }: OtherWaysProps) {
  const others = kinds.filter((each) => each !== kind)
  if (others.length === 0) return null
  return (
    <div className="grid gap-1 text-[13px]">
      <p className="text-ink-2">Another way:</p>
      <ul className="grid gap-1">
        {others.map((each) => (
          <li key={each}>{wayTo(each)}</li>
        ))}
      </ul>
    </div>
  )
}
