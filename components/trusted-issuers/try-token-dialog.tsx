'use client'
import { useState } from 'react'
import { ActionForm } from '@/components/forms/action-form'
import { FormOutcome } from '@/components/forms/form-outcome'
import { SubmitButton } from '@/components/forms/submit-button'
import { TextareaField } from '@/components/forms/textarea-field'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { DialogBody } from '@/components/ui/dialog-body'
import type { LazyDialogProps } from '@/components/ui/dialog-button'
import { DialogFooter } from '@/components/ui/dialog-footer'
import { StatusPill } from '@/components/ui/status-pill'
import { tryTokenAction } from '@/lib/features/trusted-issuers/actions'
import type { TrustRow } from '@/lib/features/trusted-issuers/page-rules'
import type { Finding } from '@/lib/features/trusted-issuers/rules'
import { toldCondition } from './trust-draft'

type Trial = { accepted: boolean; problem: string | null; findings: readonly Finding[] }

function Outcome({ trial }: { trial: Trial }) {
  return (
    <div role="status" className="grid gap-2">
      <p>
        <StatusPill tone={trial.accepted ? 'ok' : 'bad'}>{trial.accepted ? 'Accepted' : 'Refused'}</StatusPill> {trial.problem === null ? null : `${trial.problem.charAt(0).toUpperCase()}${trial.problem.slice(1).replaceAll('`', '')}.`}
      </p>
      <ul className="grid gap-1" aria-label="Conditions">
        {trial.findings.map((finding, at) => (
          <li key={at} className="break-words">
            <StatusPill tone={finding.isMet ? 'ok' : 'bad'}>{finding.isMet ? 'Met' : 'Not met'}</StatusPill> <span className="mono">{toldCondition({ ...finding, values: finding.wanted })}</span>
            {finding.isMet ? null : <span className="text-ink-2">; the token has {finding.found.length > 0 ? finding.found.join(', ') : 'no such claim'}</span>}
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Shows which condition a pasted token does not meet. It is looked at and forgotten. */
export function TryTokenDialog({ org, trust, open, onOpenChange }: LazyDialogProps & { org: string; trust: TrustRow }) {
  const [trial, setTrial] = useState<Trial | null>(null)
  const run = (data: FormData) => tryTokenAction(org, { serviceAccountId: trust.serviceAccountId, id: trust.id, token: String(data.get('token') ?? '') })
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={`Try a token of ${trust.name}`} description="It is neither stored nor exchanged.">
      <ActionForm outcome={false} run={run} onDone={setTrial}>
        <DialogBody>
          <div className="fields">
            <FormOutcome />
            <TextareaField name="token" label="Token" hint="The JWT as the CI system gives it, eyJ…" className="mono" rows={4} spellCheck={false} autoComplete="off" />
            {trial ? <Outcome trial={trial} /> : null}
          </div>
        </DialogBody>
        <DialogFooter>
          <Button onClick={() => onOpenChange(false)}>Close</Button>
          <SubmitButton>Try token</SubmitButton>
        </DialogFooter>
      </ActionForm>
    </Dialog>
  )
}
