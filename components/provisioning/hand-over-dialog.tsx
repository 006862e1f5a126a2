'use client'
import { useState } from 'react'
import { AskedPreview } from '@/components/access-preview/asked-preview'
import { ActionForm } from '@/components/forms/action-form'
import { Field } from '@/components/forms/field'
import { FormOutcome } from '@/components/forms/form-outcome'
import { SubmitButton } from '@/components/forms/submit-button'
import { countOf } from '@/components/members/member-words'
import { Button } from '@/components/ui/button'
import { Combobox } from '@/components/ui/combobox'
import { Dialog } from '@/components/ui/dialog'
import { DialogBody } from '@/components/ui/dialog-body'
import type { LazyDialogProps } from '@/components/ui/dialog-button'
import { DialogFooter } from '@/components/ui/dialog-footer'
import type { Option } from '@/components/ui/option'
import { toast } from '@/components/ui/toast'
import { handOverGroupAction, previewHandOverAction, searchGroupsToHandOverAction } from '@/lib/features/provisioning/actions'

export type HandOverProps = { org: string; directory: { id: string; name: string } }

/** Lets a directory decide about a group that was made here. */
export function HandOverDialog({ org, directory, open, onOpenChange }: HandOverProps & LazyDialogProps) {
  const [group, setGroup] = useState<Option | null>(null)
  const wanted = { id: group?.value ?? '', directoryId: directory.id }
  const search = async (q: string): Promise<readonly Option[]> => {
    const result = await searchGroupsToHandOverAction(org, { q })
    if (!result.ok) throw new Error(result.refusal.message)
    return result.value.map(({ id, name, members }) => ({ value: id, label: name, detail: countOf(members, 'person', 'people') }))
  }
  const done = () => {
    onOpenChange(false)
    toast({ title: `${directory.name} decides about ${group?.label ?? 'the group'} now` })
  }
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={`Hand a group over to ${directory.name}`} description={`${directory.name} decides about its name and its people from then on, and both are locked here. Roles and policy stay yours. You must hold all that the group gives.`} keepOpenOutside>
      <ActionForm outcome={false} run={() => handOverGroupAction(org, wanted)} onDone={done}>
        <DialogBody>
          <div className="fields">
            <FormOutcome />
            <Field name="id" label="Group" hint="Groups that are decided about here. Link it at the identity provider afterwards, by its name.">
              {({ defaultValue: _, required: _required, name: _name, ...control }) => <Combobox {...control} options={[]} search={search} value={group} onValueChange={setGroup} placeholder="Search groups" />}
            </Field>
            {group ? <AskedPreview key={group.value} ask={() => previewHandOverAction(org, wanted)} /> : null}
          </div>
        </DialogBody>
        <DialogFooter>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <SubmitButton disabled={group === null}>Hand over</SubmitButton>
        </DialogFooter>
      </ActionForm>
    </Dialog>
  )
}
