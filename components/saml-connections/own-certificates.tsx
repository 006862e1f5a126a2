'use client'
import { useState, useTransition } from 'react'
import { askToConfirm } from '@/components/forms/confirm'
import { refusalText } from '@/components/forms/refusal-text'
import { Section } from '@/components/layout/section'
import { Badge } from '@/components/ui/badge'
import { Banner } from '@/components/ui/banner'
import { Button } from '@/components/ui/button'
import { toast } from '@/components/ui/toast'
import { dropNextSamlKeyAction, makeNextSamlKeyAction, promoteSamlKeyAction } from '@/lib/features/saml-connections/actions'
import type { SamlConnectionView } from '@/lib/features/saml-connections/rules'
import { CertificateFacts } from './certificate-facts'

/** Our own certificates: the one that signs, and the next one. */
export function OwnCertificates({ org, view, canEdit }: { org: string; view: SamlConnectionView; canEdit: boolean }) {
  const [problem, setProblem] = useState<string | null>(null)
  const [pending, startTransition] = useTransition()
  const { id, ownCertificates } = view
  const hasNext = ownCertificates.some(({ role }) => role === 'next')
  const isEnding = ownCertificates.some(({ role, state }) => role === 'present' && state !== 'valid')
  const make = () => startTransition(async () => {
    const answer = await makeNextSamlKeyAction(org, { id })
    setProblem(answer.ok ? null : refusalText(answer.refusal))
    if (answer.ok) toast({ title: 'Made the next certificate' })
  })
  const switchOver = () => askToConfirm({
    title: 'Let the next certificate take over?', confirmLabel: 'Switch certificate', danger: true,
    description: 'From now on it signs our requests, and the present one is gone for good. An identity provider that does not know the next one refuses our requests from then on.',
    onConfirm: () => promoteSamlKeyAction(org, { id }), onDone: () => toast({ title: 'The next certificate has taken over' }),
  })
  const drop = () => askToConfirm({
    title: 'Remove the next certificate?', confirmLabel: 'Remove certificate',
    description: 'It leaves our metadata. The present one stays as it is.',
    onConfirm: () => dropNextSamlKeyAction(org, { id }), onDone: () => toast({ title: 'Removed the next certificate' }),
  })
  return (
    <Section
      title="Our certificates"
      description="The present one signs our requests and opens what is encrypted for us. To change it: make the next one, give our metadata to the identity provider again, then switch."
      actions={canEdit && !hasNext ? <Button size="small" pending={pending} onClick={make}>Make the next certificate</Button> : null}
    >
      <div className="grid gap-3">
        {problem ? <Banner tone="bad" live>{problem}</Banner> : null}
        {isEnding && !hasNext ? <Banner tone="warn" title="Our certificate ends soon">Make the next one now, so that the identity provider knows it in time.</Banner> : null}
        <ul className="grid gap-2" aria-label="Our certificates">
          {ownCertificates.map((certificate) => (
            <CertificateFacts
              key={certificate.fingerprint} certificate={certificate} mark={<Badge>{certificate.role === 'present' ? 'Present' : 'Next'}</Badge>}
              actions={canEdit && certificate.role === 'next' ? <><Button size="small" onClick={switchOver}>Switch to it</Button><Button size="small" onClick={drop}>Remove</Button></> : null}
            />
          ))}
        </ul>
      </div>
    </Section>
  )
}
