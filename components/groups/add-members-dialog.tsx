'use client'
import { useState } from 'react'
import { AskedPreview } from '@/components/access-preview/asked-preview'
import { ActionForm } from '@/components/forms/action-form'
import { Field } from '@/components/forms/field'
import { FormOutcome } from '@/components/forms/form-outcome'
import { SubmitButton } from '@/components/forms/submit-button'
import { countOf, nameOf } from '@/components/members/member-words'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { DialogBody } from '@/components/ui/dialog-body'
import type { LazyDialogProps } from '@/components/ui/dialog-button'
import { DialogFooter } from '@/components/ui/dialog-footer'
import { MultiCombobox } from '@/components/ui/multi-combobox'
import type { Option } from '@/components/ui/option'
import { toast } from '@/components/ui/toast'
import { addGroupMembersAction, previewJoiningAction, searchGroupCandidatesAction } from '@/lib/features/groups/actions'
import type { GroupRow } from '@/lib/features/groups/rules'

export type AddMembersProps = { org: string; group: Pick<GroupRow, 'id' | 'name'> }

/** Searches people and adds several at once. */
export function AddMembersDialog({ org, group, open, onOpenChange }: AddMembersProps & LazyDialogProps) {
  const [chosen, setChosen] = useState<readonly Option[]>([])

  const userIds = chosen.map(({ value }) => value)

  async function search(q: string): Promise<readonly Option[]> {
    const result = await searchGroupCandidatesAction(org, { id: group.id, q })
    if (!result.ok) throw new Error(result.refusal.message)
    return result.value.map((person) => ({ value: person.id, label: nameOf(person), ...(person.name && { detail: person.email }) }))
  }
  function done(added: number) {
    onOpenChange(false)
    setChosen([])
    toast({ title: `Added ${countOf(added, 'person', 'people')} to ${group.name}` })
  }
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={`Add members to ${group.name}`} description="They hold its roles, and what its policy permits, from the moment you add them." keepOpenOutside>
      <ActionForm outcome={false} run={() => addGroupMembersAction(org, { id: group.id, userIds })} onDone={({ added }) => done(added)}>
        <DialogBody>
          <div className="fields">
            <FormOutcome />
            <Field name="userIds" label="People" hint="Search by name or e-mail; choose as many as you like.">
              {({ defaultValue: _, required: _required, name: _name, ...control }) => (
                <MultiCombobox {...control} options={[]} search={search} value={chosen} onValueChange={setChosen} placeholder="Search people" empty="Nobody matches who is not in the group yet." />
              )}
            </Field>
            {chosen.length > 0 ? <AskedPreview key={userIds.join(' ')} ask={() => previewJoiningAction(org, { id: group.id, userIds })} /> : null}
          </div>
        </DialogBody>
        <DialogFooter>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <SubmitButton disabled={chosen.length === 0}>{chosen.length > 1 ? `Add ${chosen.length} people` : 'Add'}</SubmitButton>
        </DialogFooter>
      </ActionForm>
    </Dialog>
  )
}
