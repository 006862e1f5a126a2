'use client'
import { useMemo, useState } from 'react'
import { ActionForm } from '@/components/forms/action-form'
import { Field } from '@/components/forms/field'
import { FormOutcome } from '@/components/forms/form-outcome'
import { SubmitButton } from '@/components/forms/submit-button'
import { newDraft, wantedRoles, type RoleDraft } from '@/components/roles/role-drafts'
import { RoleRows } from '@/components/roles/role-rows'
import { useRolePicking } from '@/components/roles/use-role-picking'
import { Button } from '@/components/ui/button'
import { DialogBody } from '@/components/ui/dialog-body'
import { DialogFooter } from '@/components/ui/dialog-footer'
import { Textarea } from '@/components/ui/textarea'
import { createInvitationsAction } from '@/lib/features/invitations/actions'
import { readAddresses, type InviteResult } from '@/lib/features/invitations/rules'
import { AddressChips } from './address-chips'
import type { InviteDialogProps } from './invite-dialog'
import { MailPreview } from './mail-preview'

type InviteFormProps = InviteDialogProps & {
  text: string
  onText: (text: string) => void
  onDone: (results: readonly InviteResult[]) => void
  onCancel: () => void
}

/** Addresses, roles and a message; what was typed stays when something is wrong. */
export function InviteForm({ org, mayGiveRoles, hasMailServer, text, onText, onDone, onCancel }: InviteFormProps) {
  const { picking, failure } = useRolePicking(org)
  const [chosen, setChosen] = useState<RoleDraft[] | null>(null)
  const [message, setMessage] = useState('')
  const only = useMemo(() => (picking?.isOneRoleEach ? newDraft(picking) : null), [picking])
  const drafts = mayGiveRoles ? (chosen ?? (only ? [only] : [])) : []
  const addresses = readAddresses(text)
  const good = addresses.filter(({ problem }) => problem === null).length
  const roles = wantedRoles(drafts)
  return (
    <ActionForm
      outcome={false}
      run={() => createInvitationsAction(org, { emails: addresses.map(({ email }) => email), roles, message })}
      onDone={({ results }) => onDone(results)}
    >
      <DialogBody>
        <div className="fields">
          <FormOutcome />
          <Field name="emails" label="E-mail addresses" hint="Separated by commas, spaces or line breaks. A list pasted from a mail program works too.">
            {({ defaultValue: _, ...control }) => (
              <Textarea {...control} value={text} onChange={(event) => onText(event.currentTarget.value)} rows={3} spellCheck={false} autoCapitalize="none" autoComplete="off" />
            )}
          </Field>
          <AddressChips addresses={addresses} onChange={(left) => onText(left.join('\n'))} />
          {mayGiveRoles ? (
            <RoleRows org={org} picking={picking} failure={failure} drafts={drafts} onChange={setChosen} none="Without a role they see only what everybody may see." />
          ) : null}
          <Field name="message" label="Message" optional hint="Stands at the top of the mail.">
            {({ defaultValue: _, ...control }) => <Textarea {...control} value={message} onChange={(event) => setMessage(event.currentTarget.value)} rows={2} maxLength={1000} />}
          </Field>
          <MailPreview org={org} roles={roles.filter(({ role }) => role !== '')} message={message} hasMailServer={hasMailServer} />
        </div>
      </DialogBody>
      <DialogFooter>
        <Button onClick={onCancel}>Cancel</Button>
        <SubmitButton disabled={good === 0}>{good > 1 ? `Invite ${good} people` : 'Invite'}</SubmitButton>
      </DialogFooter>
    </ActionForm>
  )
}
