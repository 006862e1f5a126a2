'use client'
import { ActionForm } from '@/components/forms/action-form'
import { askToConfirm } from '@/components/forms/confirm'
import { SelectField } from '@/components/forms/select-field'
import { SubmitButton } from '@/components/forms/submit-button'
import { Button } from '@/components/ui/button'
import { DialogButton } from '@/components/ui/dialog-button'
import { RelativeTime } from '@/components/ui/relative-time'
import { StatusPill } from '@/components/ui/status-pill'
import { toast } from '@/components/ui/toast'
import { addHolderAction, removeHolderAction } from '@/lib/features/break-glass/actions'

export type HolderRow = { userId: string; email: string; isActive: boolean; codesLeft: number; codesMadeAt: string | null; lastUsedAt: string | null }

type HoldersProps = { org: string; holders: readonly HolderRow[]; candidates: readonly { userId: string; email: string }[]; ownId: string | null; mayWrite: boolean; /** Not in a session that a code opened. */ mayMake: boolean }

const loadCodes = () => import('./codes-dialog').then((module) => module.CodesDialog)

function remove(org: string, { userId, email, codesLeft }: HolderRow): void {
  askToConfirm({
    title: `Take the codes of ${email} away?`, description: `${codesLeft === 0 ? 'They have no codes now.' : `The ${codesLeft} codes they have left stop working.`} A session that one of them has opened ends at once.`, confirmLabel: 'Take away', danger: true,
    onConfirm: () => removeHolderAction(org, { userId }), onDone: () => toast({ title: `${email} holds no break-glass codes any more` }),
  })
}

const State = ({ holder: { isActive, codesLeft, codesMadeAt } }: { holder: HolderRow }) => {
  if (!isActive) return <StatusPill tone="warn">Suspended</StatusPill>
  if (codesMadeAt === null) return <StatusPill tone="warn">No codes made yet</StatusPill>
  return <StatusPill tone={codesLeft === 0 ? 'bad' : 'ok'}>{codesLeft === 0 ? 'No code left' : `${codesLeft} of 10 codes left`}</StatusPill>
}

/** Who may break the glass, and one's own codes. */
export function Holders({ org, holders, candidates, ownId, mayWrite, mayMake }: HoldersProps) {
  return (
    <div className="grid gap-5">
      {holders.length === 0 ? <p className="text-ink-2">Nobody holds break-glass codes. If the identity provider fails while SSO-only is on, only whoever runs this installation can open the organization again.</p> : (
        <ul className="grid gap-3" aria-label="Holders of break-glass codes">
          {holders.map((holder) => (
            <li key={holder.userId} className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <strong className="break-all">{holder.email}</strong>
              <State holder={holder} />
              {holder.lastUsedAt ? <span className="text-ink-2">last used <RelativeTime at={holder.lastUsedAt} /></span> : null}
              {mayMake && holder.userId === ownId ? <DialogButton name="break-glass-codes" size="small" load={loadCodes} dialogProps={{ org, email: holder.email, left: holder.codesLeft }}>{holder.codesMadeAt === null ? 'Make my codes' : 'Make new codes'}</DialogButton> : null}
              {mayWrite ? <Button size="small" onClick={() => remove(org, holder)}>Take away</Button> : null}
            </li>
          ))}
        </ul>
      )}
      {mayWrite && candidates.length > 0 ? (
        <ActionForm className="fields max-w-[420px]" label="Choose a holder" run={(data) => addHolderAction(org, { userId: String(data.get('userId')) })} onDone={() => toast({ title: 'Chosen', description: 'They make their codes on this page.' })}>
          <SelectField name="userId" label="Administrator" options={candidates.map(({ userId, email }) => ({ value: userId, label: email }))} />
          <div><SubmitButton variant="secondary">Let hold codes</SubmitButton></div>
        </ActionForm>
      ) : null}
    </div>
  )
}
