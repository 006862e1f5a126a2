'use client'
import { useState } from 'react'
import { ActionForm } from '@/components/forms/action-form'
import { askToConfirm } from '@/components/forms/confirm'
import { SelectField } from '@/components/forms/select-field'
import { SubmitButton } from '@/components/forms/submit-button'
import { TextField } from '@/components/forms/text-field'
import { Checkbox } from '@/components/ui/checkbox'
import { NativeSelect } from '@/components/ui/native-select'
import { Switch } from '@/components/ui/switch'
import { toast } from '@/components/ui/toast'
import type { ActionResult } from '@/lib/boundary/result'
import { updateDirectoryAction } from '@/lib/features/provisioning/actions'
import { asKind, DIRECTORY_KINDS, KIND_TITLES, type DirectoryRow, type LeaverKeys } from '@/lib/features/provisioning/rules'

type Props = { org: string; directory: DirectoryRow; accounts: readonly { id: string; name: string }[] }

const KIND_OPTIONS = DIRECTORY_KINDS.map((value) => ({ value, label: value === 'other' ? 'Another provider' : KIND_TITLES[value] }))

/** What happens to leavers' keys is told before it changes: it takes effect without anybody being asked again. */
const warningOf = (directory: string, keys: LeaverKeys, account: string): string =>
  keys === 'revoke'
    ? `From now on the API keys of everybody whom ${directory} deletes are revoked at once, and whatever uses them fails.`
    : `From now on the API keys of everybody whom ${directory} deletes go on working, with the rights of the service account ${account} instead of theirs. Nobody is asked again. Deactivating somebody stops their keys either way.`

/** Name and guide of a directory, what becomes of leavers' keys, and whether people are mailed. */
export function DirectorySettings({ org, directory, accounts }: Props) {
  const [keys, setKeys] = useState(directory.leaverKeys)
  const [account, setAccount] = useState(directory.handoverTo?.id ?? accounts[0]?.id ?? '')
  const isHandedOver = keys === 'hand-over'
  const isOtherPolicy = keys !== directory.leaverKeys || (isHandedOver && account !== directory.handoverTo?.id)
  const changesIn = (data: FormData) => ({
    id: directory.id, name: String(data.get('name')), kind: asKind(String(data.get('kind'))), sendsInvitations: data.get('sendsInvitations') === 'on', leaverKeys: keys, handoverTo: isHandedOver ? account : null,
  })
  /** Saves at once, or where leavers' keys are concerned after a question; the form then stays as it is until the page is fresh. */
  async function save(data: FormData): Promise<ActionResult<{ id: string }>> {
    const changes = changesIn(data)
    if (!isOtherPolicy) return updateDirectoryAction(org, changes)
    askToConfirm({
      title: `Change what becomes of leavers’ keys?`, description: warningOf(changes.name, keys, accounts.find(({ id }) => id === account)?.name ?? ''), confirmLabel: 'Save settings',
      onConfirm: () => updateDirectoryAction(org, changes), onDone: () => toast({ title: `Saved the settings of ${changes.name}` }),
    })
    return { ok: true, value: { id: '' } }
  }
  return (
    <ActionForm className="fields" label={`Settings of ${directory.name}`} run={save} onDone={({ id }) => id !== '' && toast({ title: 'Saved the settings' })}>
      <TextField name="name" label="Name" hint="It is named wherever something is locked because it comes from there." defaultValue={directory.name} maxLength={100} autoComplete="off" />
      <SelectField name="kind" label="Provider" hint="Which guide is shown." options={KIND_OPTIONS} defaultValue={directory.kind} />
      <fieldset className="grid gap-1">
        <legend className="label mb-1">API keys of somebody it deletes</legend>
        <Checkbox type="radio" name="leaverKeys" label="Revoke" detail="Whatever uses them fails at once." checked={!isHandedOver} onChange={() => setKeys('revoke')} />
        <Checkbox
          type="radio" name="leaverKeys" label="Hand over to a service account" checked={isHandedOver} disabled={accounts.length === 0} onChange={() => setKeys('hand-over')}
          detail={accounts.length === 0 ? 'There is none, or you may not manage service accounts.' : 'They go on working, with the rights of the account, which must be your own.'}
        />
        {isHandedOver ? (
          <NativeSelect aria-label="Service account" className="mt-1" options={accounts.map(({ id, name }) => ({ value: id, label: name }))} value={account} onChange={(event) => setAccount(event.currentTarget.value)} />
        ) : null}
      </fieldset>
      <Switch name="sendsInvitations" label="Mail an invitation to whom it brings" detail="Off: they come in by single sign-on only." defaultChecked={directory.sendsInvitations} />
      <div>
        <SubmitButton variant="secondary">Save settings</SubmitButton>
      </div>
    </ActionForm>
  )
}
