'use client'
import { useState } from 'react'
import { AskedPreview } from '@/components/access-preview/asked-preview'
import { useAnswer } from '@/components/api-keys/use-answer'
import { ActionForm } from '@/components/forms/action-form'
import { FormOutcome } from '@/components/forms/form-outcome'
import { SelectField } from '@/components/forms/select-field'
import { SubmitButton } from '@/components/forms/submit-button'
import { TextField } from '@/components/forms/text-field'
import { RoleChoice } from '@/components/role-assignments/role-choice'
import { Banner } from '@/components/ui/banner'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { DialogBody } from '@/components/ui/dialog-body'
import type { LazyDialogProps } from '@/components/ui/dialog-button'
import { DialogFooter } from '@/components/ui/dialog-footer'
import { toast } from '@/components/ui/toast'
import { createMappingAction, findMappableRolesAction, previewMappingAction, previewMappingChangeAction, updateMappingAction } from '@/lib/features/provisioning/actions'
import { asMatch, type MappingMatch, type MappingRow } from '@/lib/features/provisioning/rules'
import { MappingPlace, type Place } from './mapping-place'

export type MappingDialogProps = {
  org: string
  directoryId: string
  /** Groups that have come, to choose a name from. */
  groupNames: readonly string[]
  /** The organization: where a role is given unless another place is chosen. */
  root: Place
  /** Left out, a mapping is made. */
  mapping?: MappingRow
}

const MATCH_OPTIONS = [{ value: 'name', label: 'Name' }, { value: 'external-id', label: 'External id' }]
const HINTS: Readonly<Record<MappingMatch, string>> = {
  name: 'As the identity provider calls it; upper and lower case are one. It may come later.',
  'external-id': 'As the identity provider numbers it: it survives a new name. It may come later.',
}

/** Which group gives which role where, with who gains and who loses by it, before it is saved. */
export function MappingDialog({ org, directoryId, groupNames, root, mapping, open, onOpenChange }: MappingDialogProps & LazyDialogProps) {
  const [value, setValue] = useState(mapping?.value ?? '')
  const [matchBy, setMatchBy] = useState(mapping?.matchBy ?? 'name')
  const [place, setPlace] = useState<Place>(mapping?.scope ?? root)
  const [roleId, setRoleId] = useState(mapping?.role.id ?? '')
  const [priority, setPriority] = useState(mapping ? String(mapping.priority) : '')
  const { value: roles, failure } = useAnswer(() => findMappableRolesAction(org, { scopeId: place.id }), place.id)
  const role = roles?.roles.find(({ id, disabledReason }) => id === roleId && disabledReason === null) ?? null

  const said = { value: value.trim(), matchBy, role: role?.id ?? '', scope: place.id, ...(priority !== '' && { priority: Number(priority) }) }
  const preview = () => (mapping ? previewMappingChangeAction(org, { id: mapping.id, ...said }) : previewMappingAction(org, { directoryId, ...said }))
  const send = (data: FormData) => {
    const sent = { ...said, value: String(data.get('value')), ...(data.get('priority') ? { priority: Number(data.get('priority')) } : {}) }
    return mapping ? updateMappingAction(org, { id: mapping.id, ...sent }) : createMappingAction(org, { directoryId, ...sent })
  }
  function done() {
    onOpenChange(false)
    toast({ title: `${value.trim()} gives ${role?.title ?? 'the role'} in ${place.name}` })
  }
  const groups = `groups-${directoryId}`
  return (
    <Dialog open={open} onOpenChange={onOpenChange} size="large" title={mapping ? `Change the mapping of ${mapping.value}` : 'Map a group to a role'} description="Whoever is in the group holds the role there and everywhere below, for as long as they are in it." keepOpenOutside>
      <ActionForm outcome={false} run={send} onDone={done}>
        <DialogBody>
          <div className="grid gap-x-8 gap-y-4 md:grid-cols-[3fr_2fr]">
            <div className="fields">
              <FormOutcome />
              {failure ? <Banner tone="bad" live>{failure}</Banner> : null}
              <SelectField name="matchBy" label="Known by" options={MATCH_OPTIONS} defaultValue={matchBy} onValueChange={(next) => setMatchBy(asMatch(next))} />
              <TextField name="value" label="Group" hint={HINTS[matchBy]} defaultValue={value} onBlur={(event) => setValue(event.currentTarget.value)} autoComplete="off" maxLength={256} {...(matchBy === 'name' && { list: groups })} />
              <datalist id={groups}>
                {groupNames.map((name) => (
                  <option key={name} value={name} />
                ))}
              </datalist>
              <MappingPlace org={org} value={place} root={root} onChange={setPlace} />
              <RoleChoice roles={roles?.roles ?? null} value={role?.id ?? ''} onChange={setRoleId} />
              <TextField
                name="priority" label="Priority" optional={mapping === undefined} inputMode="numeric" type="number" min={1} max={10_000} defaultValue={priority} onBlur={(event) => setPriority(event.currentTarget.value)}
                hint={roles?.isOneRoleEach ? 'Everybody holds exactly one role: of somebody’s groups the lowest number decides. Left out, it comes after the others.' : 'The order in the list. Whoever is in several groups holds the roles of all of them. Left out, it comes after the others.'}
              />
            </div>
            <section aria-label="What changes" className="permits-beside" tabIndex={0}>
              <h2 className="label mb-2">What changes</h2>
              {said.value !== '' && role ? <AskedPreview key={JSON.stringify(said)} ask={preview} /> : <p className="text-ink-2">Name the group and choose a role to see who gains and who loses what.</p>}
            </section>
          </div>
        </DialogBody>
        <DialogFooter>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <SubmitButton disabled={role === null}>{mapping ? 'Save mapping' : 'Add mapping'}</SubmitButton>
        </DialogFooter>
      </ActionForm>
    </Dialog>
  )
}
