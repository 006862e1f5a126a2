import type { ReactNode } from 'react'

/** A sentence above a form outside the console; without icon, so that these pages need no more script than the bare layout. */
export function Notice({ tone = 'neutral', children }: { tone?: 'neutral' | 'ok' | 'warn' | 'bad'; children: ReactNode }) {
  return (
    <div className="banner mb-4" data-tone={tone} role={tone === 'bad' ? 'alert' : 'status'}>
      <div className="min-w-0">{children}</div>
    </div>
  )
}
