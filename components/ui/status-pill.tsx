import type { ReactNode } from 'react'

export type Tone = 'ok' | 'warn' | 'bad' | 'accent' | 'neutral'

/** A state: a dot and a word, never a colour alone. */
export function StatusPill({ tone = 'neutral', title, children }: { tone?: Tone; title?: string; children: ReactNode }) {
  return (
    <span className="pill" data-tone={tone} title={title}>
      {children}
    </span>
  )
}
