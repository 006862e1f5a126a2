'use client'
import { useState, useTransition } from 'react'
import { ActionForm } from '@/components/forms/action-form'
import { askToConfirm } from '@/components/forms/confirm'
import { SubmitButton } from '@/components/forms/submit-button'
import { TextField } from '@/components/forms/text-field'
import { Button } from '@/components/ui/button'
import { RelativeTime } from '@/components/ui/relative-time'
import { StatusPill } from '@/components/ui/status-pill'
import { toast } from '@/components/ui/toast'
import { addDomainAction, removeDomainAction, verifyDomainAction } from '@/lib/features/verified-domains/actions'
import { CopyValue } from './copy-value'

export type DomainRow = { id: string; domain: string; record: { name: string; value: string }; isVerified: boolean; /** Since when its record is gone. */ missingSince: string | null }

/** E-mail domains with the record that proves each. */
export function Domains({ org, domains, mayWrite }: { org: string; domains: readonly DomainRow[]; mayWrite: boolean }) {
  return (
    <div className="grid gap-5">
      {domains.length === 0 ? <p className="text-ink-2">No domain yet.</p> : (
        <ul className="grid gap-4" aria-label="E-mail domains">{domains.map((row) => <DomainItem key={row.id} org={org} row={row} mayWrite={mayWrite} />)}</ul>
      )}
      {mayWrite ? (
        <ActionForm className="fields max-w-[420px]" label="Add domain" run={(data) => addDomainAction(org, { domain: String(data.get('domain')) })} onDone={() => toast({ title: 'Added the domain' })}>
          <TextField name="domain" label="Domain" hint="The part of your addresses after the @" autoCapitalize="none" spellCheck={false} />
          <div><SubmitButton>Add domain</SubmitButton></div>
        </ActionForm>
      ) : null}
    </div>
  )
}

function DomainItem({ org, row: { id, domain, record, isVerified, missingSince }, mayWrite }: { org: string; row: DomainRow; mayWrite: boolean }) {
  const isProven = isVerified && missingSince === null
  const [problem, setProblem] = useState<string | null>(null)
  const [pending, start] = useTransition()
  const verify = () => start(async () => {
    const result = await verifyDomainAction(org, { id })
    setProblem(result.ok ? null : result.refusal.message)
  })
  const remove = () => askToConfirm({
    title: `Remove ${domain}?`, description: 'Nobody with an address of this domain can sign in through a connection any more.', confirmLabel: 'Remove domain', danger: true,
    onConfirm: () => removeDomainAction(org, { id }), onDone: () => toast({ title: `Removed ${domain}` }),
  })
  return (
    <li className="grid gap-2">
      <div className="flex flex-wrap items-center gap-3">
        <strong>{domain}</strong>
        <StatusPill tone={isVerified ? 'ok' : 'warn'}>{isVerified ? 'Verified' : 'Not verified yet'}</StatusPill>
        {missingSince === null ? null : <StatusPill tone="bad">Record gone</StatusPill>}
        {mayWrite && !isProven ? <Button size="small" disabled={pending} onClick={verify}>Check now</Button> : null}
        {mayWrite ? <Button size="small" onClick={remove}>Remove</Button> : null}
      </div>
      {isProven ? null : (
        <>
          <p className="text-ink-2">
            {missingSince === null ? 'Add a TXT record, then check.' : <>The record has not been found since <RelativeTime at={missingSince} />. Connections still speak for the domain: publish the record again, or remove a domain that is no longer yours.</>}
          </p>
          <CopyValue label="Name" text={record.name} />
          <CopyValue label="Value" text={record.value} />
        </>
      )}
      <p role="status" className="text-bad">{problem === null ? '' : `${problem.charAt(0).toUpperCase()}${problem.slice(1).replaceAll('`', '')}.`}</p>
    </li>
  )
}
