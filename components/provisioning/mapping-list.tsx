'use client'
import { ActionForm } from '@/components/forms/action-form'
import { askToConfirm } from '@/components/forms/confirm'
import { SelectField } from '@/components/forms/select-field'
import { SubmitButton } from '@/components/forms/submit-button'
import { TextField } from '@/components/forms/text-field'
import { Button } from '@/components/ui/button'
import type { Option } from '@/components/ui/option'
import { toast } from '@/components/ui/toast'
import { createMappingAction, deleteMappingAction } from '@/lib/features/provisioning/actions'
import type { MappingRow } from '@/lib/features/provisioning/rules'

type MappingListProps = { org: string; directoryId: string; mappings: readonly MappingRow[]; roles: readonly Option[] }

const reachOf = ({ groups }: MappingRow): string => {
  if (groups.length === 0) return 'waits for the group'
  const people = groups.reduce((sum, { members }) => sum + members, 0)
  return `${people} ${people === 1 ? 'person holds' : 'people hold'} it`
}

const holders = (mapping: MappingRow): string => (mapping.groups.length === 0 ? 'Nobody holds it yet.' : `${mapping.groups.reduce((sum, { members }) => sum + members, 0)} people lose it at once.`)

/** Which groups give which roles, in the order in which they count, and who holds them. */
export function MappingList({ org, directoryId, mappings, roles }: MappingListProps) {
  const remove = (mapping: MappingRow) => askToConfirm({
    title: `Delete the mapping of ${mapping.value}?`, description: `${mapping.role.title} goes with it. ${holders(mapping)}`, confirmLabel: 'Delete mapping', danger: true,
    onConfirm: () => deleteMappingAction(org, { id: mapping.id }), onDone: () => toast({ title: `Deleted the mapping of ${mapping.value}` }),
  })
  return (
    <div className="grid gap-4">
      {mappings.length === 0 ? <p className="text-ink-2">No mapping yet.</p> : null}
      <ol className="grid gap-2 empty:hidden" aria-label="Mappings">
        {mappings.map((mapping) => (
          <li key={mapping.id} className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span className="tabular-nums text-ink-2">{mapping.priority}</span>
            <strong className="break-all">{mapping.value}</strong>
            <span>
              gives {mapping.role.title}
              {mapping.scope.type === 'organization' ? '' : ` in ${mapping.scope.name}`}
            </span>
            <span className="text-ink-2">{reachOf(mapping)}</span>
            <Button size="small" onClick={() => remove(mapping)}>
              Delete
            </Button>
          </li>
        ))}
      </ol>
      <ActionForm
        className="fields" label="Map a group to a role" onDone={() => toast({ title: 'Mapped the group' })}
        run={(data) => createMappingAction(org, { directoryId, value: String(data.get('value')), role: String(data.get('role')) })}
      >
        <TextField name="value" label="Group" hint="Its name at the identity provider. The group may come later." autoComplete="off" maxLength={256} />
        <SelectField name="role" label="Role" options={roles} placeholder="Choose a role" hint="At the organization. You must hold what it permits." />
        <div>
          <SubmitButton>Add mapping</SubmitButton>
        </div>
      </ActionForm>
    </div>
  )
}
