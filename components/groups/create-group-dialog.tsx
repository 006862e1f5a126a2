'use client'
import { useRouter } from 'next/navigation'
import { useRef, useState } from 'react'
import { ActionForm } from '@/components/forms/action-form'
import { Field } from '@/components/forms/field'
import { FormOutcome } from '@/components/forms/form-outcome'
import { SubmitButton } from '@/components/forms/submit-button'
import { TextField } from '@/components/forms/text-field'
import { TextareaField } from '@/components/forms/textarea-field'
import { Button } from '@/components/ui/button'
import { Combobox } from '@/components/ui/combobox'
import { Dialog } from '@/components/ui/dialog'
import { DialogBody } from '@/components/ui/dialog-body'
import type { LazyDialogProps } from '@/components/ui/dialog-button'
import { DialogFooter } from '@/components/ui/dialog-footer'
import type { Option } from '@/components/ui/option'
import { toRoute } from '@/components/ui/route'
import { toast } from '@/components/ui/toast'
import { createGroupAction } from '@/lib/features/groups/actions'
import { searchGroupHomesAction } from '@/lib/features/groups/home-actions'
import type { GroupPlace } from '@/lib/features/groups/rules'

export type CreateGroupProps = {
  org: string
  /** What a group belongs to in this model ("connection"); null where groups belong to the organization. */
  home: { title: string } | null
}

const optionOf = ({ id, name }: GroupPlace): Option => ({ value: id, label: name })

/** Makes a group and goes to its page. */
export function CreateGroupDialog({ org, home, open, onOpenChange }: CreateGroupProps & LazyDialogProps) {
  const router = useRouter()
  const [place, setPlace] = useState<GroupPlace | null>(null)
  const known = useRef(new Map<string, GroupPlace>())

  async function search(q: string): Promise<readonly Option[]> {
    const result = await searchGroupHomesAction(org, { q })
    if (!result.ok) throw new Error(result.refusal.message)
    for (const each of result.value) known.current.set(each.id, each)
    return result.value.map(optionOf)
  }
  const text = (data: FormData, name: string) => String(data.get(name) ?? '')
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Create group" description="People in a group hold its roles and what its policy permits." keepOpenOutside>
      <ActionForm
        outcome={false}
        run={(data) => createGroupAction(org, { name: text(data, 'name'), description: text(data, 'description'), ...(place && { resource: { type: place.type, id: place.id } }) })}
        onDone={({ id, name }) => {
          onOpenChange(false)
          toast({ title: `Created ${name}`, description: 'Add people to it, give it roles, or write its policy.' })
          router.push(toRoute(`/${org}/groups/${id}`))
        }}
      >
        <DialogBody>
          <div className="fields">
            <FormOutcome />
            <TextField name="name" label="Name" maxLength={100} autoComplete="off" />
            <TextareaField name="description" label="Description" optional rows={2} maxLength={500} />
            {home ? (
              <Field name="resource" label={home.title} hint={`The group’s policy is about this ${home.title.toLowerCase()} and what lies in it.`}>
                {({ defaultValue: _, required: _required, name: _name, ...control }) => (
                  <Combobox {...control} options={[]} search={search} value={place && optionOf(place)} onValueChange={(option) => setPlace(option && (known.current.get(option.value) ?? null))} placeholder={`Search by name`} />
                )}
              </Field>
            ) : null}
          </div>
        </DialogBody>
        <DialogFooter>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <SubmitButton>Create group</SubmitButton>
        </DialogFooter>
      </ActionForm>
    </Dialog>
  )
}
