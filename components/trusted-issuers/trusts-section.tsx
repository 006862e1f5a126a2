'use client'
import { ShieldCheck } from 'lucide-react'
import { Section } from '@/components/layout/section'
import { DialogButton } from '@/components/ui/dialog-button'
import type { TrustRow } from '@/lib/features/trusted-issuers/page-rules'
import { ExchangeExamples } from './exchange-examples'
import { TrustItem } from './trust-item'

const load = () => import('./trust-dialog').then((module) => module.TrustDialog)

type TrustsSectionProps = { org: string; account: { id: string; name: string }; baseUrl: string; trusts: readonly TrustRow[]; mayWrite: boolean; /** Why one may not make a trust though one may write; null: one may. */ problem: string | null }

/** Outside issuers whose tokens a service account believes, so that its programs need no secret. */
export function TrustsSection({ org, account, baseUrl, trusts, mayWrite, problem }: TrustsSectionProps) {
  const [first] = trusts
  return (
    <Section
      title="Trusted issuers"
      description="Programs that bring a token of their own, such as jobs of a CI system, need no key: the token is exchanged for one of an hour."
      actions={mayWrite && problem === null ? (
        <DialogButton name="trust" icon={<ShieldCheck aria-hidden="true" />} load={load} dialogProps={{ org, account, audience: baseUrl }}>
          Trust an issuer
        </DialogButton>
      ) : undefined}
    >
      {mayWrite && problem !== null ? <p className="mb-2 text-ink-2">You cannot trust an issuer: {problem}.</p> : null}
      {first === undefined ? (
        <p className="text-ink-2">None yet.</p>
      ) : (
        <>
          <ul>
            {trusts.map((trust) => (
              <TrustItem key={trust.id} org={org} account={account} trust={trust} mayWrite={mayWrite} />
            ))}
          </ul>
          <ExchangeExamples baseUrl={baseUrl} serviceAccountId={account.id} audience={first.audience} />
        </>
      )}
    </Section>
  )
}
