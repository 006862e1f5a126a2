import type { ReactNode } from 'react'
import { StatusPill, type Tone } from '@/components/ui/status-pill'
import type { CertificateState, CertificateView } from '@/lib/features/saml-connections/rules'

const TONES: Record<CertificateState, Tone> = { valid: 'ok', ending: 'warn', ended: 'bad', 'not-yet': 'neutral' }

const plural = (days: number): string => (days === 1 ? '1 day' : `${days} days`)

/** How long it lasts, in words. */
export function lifeInWords({ state, daysLeft, notBefore }: CertificateView): string {
  if (state === 'ended') return `Ended ${plural(-daysLeft)} ago`
  if (state === 'not-yet') return `Begins on ${notBefore.slice(0, 10)}`
  return `${plural(daysLeft)} left`
}

/** A certificate: whose, how long, and how to recognise it. */
export function CertificateFacts({ certificate, mark, actions }: { certificate: CertificateView; mark?: ReactNode; actions?: ReactNode }) {
  return (
    <li className="grid gap-1 rounded-md border border-line p-3">
      <div className="flex flex-wrap items-center gap-2">
        <span className="font-semibold">{certificate.subject}</span>
        {mark}
        <StatusPill tone={TONES[certificate.state]} title={`Valid from ${certificate.notBefore.slice(0, 10)} until ${certificate.notAfter.slice(0, 10)}`}>
          {lifeInWords(certificate)}
        </StatusPill>
        {actions ? <span className="ml-auto flex flex-wrap gap-2">{actions}</span> : null}
      </div>
      <p className="text-ink-2">
        Until {certificate.notAfter.slice(0, 10)} · SHA-256 <code className="mono break-all text-[12px]">{certificate.fingerprint}</code>
      </p>
    </li>
  )
}
