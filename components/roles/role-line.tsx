'use client'
import { X } from 'lucide-react'
import { Field } from '@/components/forms/field'
import { Combobox } from '@/components/ui/combobox'
import { IconButton } from '@/components/ui/icon-button'
import { Input } from '@/components/ui/input'
import type { Option } from '@/components/ui/option'
import { Select } from '@/components/ui/select'
import { searchScopesAction } from '@/lib/features/roles/actions'
import type { RoleChoice, RolePicking, ScopeChoice } from '@/lib/features/roles/choices'
import type { RoleDraft } from './role-drafts'
import { RolePermits } from './role-permits'

type RoleLineProps = {
  org: string
  picking: RolePicking
  index: number
  draft: RoleDraft
  onChange: (draft: RoleDraft) => void
  onRemove: (() => void) | null
}

const DAY_MS = 24 * 3600_000
const tomorrow = (): string => new Date(Date.now() + DAY_MS).toISOString().slice(0, 10)

const roleOption = (role: RoleChoice, scope: ScopeChoice): Option => {
  const isRefused = role.disabledReason !== null && scope.type === 'organization'
  return { value: role.id, label: role.title, detail: isRefused ? (role.disabledReason ?? undefined) : role.description, disabled: isRefused }
}

const scopeOption = ({ id, name, typeTitle }: ScopeChoice): Option => ({ value: id, label: name, detail: typeTitle })

/** One role to give: which, where, until when, and what it permits. */
export function RoleLine({ org, picking, index, draft, onChange, onRemove }: RoleLineProps) {
  const role = picking.roles.find(({ id }) => id === draft.roleId)
  return (
    <div className="grid gap-2 rounded-md border border-line p-3">
      <div className="flex items-start gap-2">
        <div className="grid flex-1 gap-2 md:grid-cols-[1.4fr_1fr_auto]">
          <Field name={`roles.${index}.role`} label="Role">
            {({ defaultValue: _, ...control }) => (
              <Select {...control} options={picking.roles.map((each) => roleOption(each, draft.scope))} value={draft.roleId} onValueChange={(roleId) => onChange({ ...draft, roleId })} placeholder="Choose a role" />
            )}
          </Field>
          <Place org={org} picking={picking} index={index} draft={draft} role={role} onChange={onChange} />
          <Field name={`roles.${index}.expiresAt`} label="Ends" optional hint={draft.until ? 'At the end of that day, UTC' : undefined}>
            {({ defaultValue: _, ...control }) => (
              <Input {...control} type="date" min={tomorrow()} value={draft.until} onChange={(event) => onChange({ ...draft, until: event.currentTarget.value })} />
            )}
          </Field>
        </div>
        {onRemove ? <IconButton label={`Remove role ${role?.title ?? index + 1}`} icon={<X aria-hidden="true" />} className="mt-6" onClick={onRemove} /> : null}
      </div>
      {role ? <RolePermits role={role} /> : null}
    </div>
  )
}

type PlaceProps = Pick<RoleLineProps, 'org' | 'picking' | 'index' | 'draft' | 'onChange'> & { role: RoleChoice | undefined }

/** Where the role is to hold: a search once there is more than the organization. */
function Place({ org, picking, index, draft, role, onChange }: PlaceProps) {
  const fits = (scope: ScopeChoice) => role === undefined || role.assignableAt.includes(scope.type)
  const known = new Map(picking.scopes.map((scope) => [scope.id, scope]))
  const search = async (text: string): Promise<readonly Option[]> => {
    const result = await searchScopesAction(org, { q: text })
    if (!result.ok) throw new Error(result.refusal.message)
    for (const scope of result.value) known.set(scope.id, scope)
    return result.value.filter(fits).map(scopeOption)
  }
  const choose = (option: Option | null) => {
    const scope = option && known.get(option.value)
    if (scope) onChange({ ...draft, scope })
  }
  return (
    <Field name={`roles.${index}.scope`} label="Where">
      {({ defaultValue: _, required: _required, ...control }) =>
        picking.scopes.length === 1 && draft.scope.id === picking.scopes[0]?.id ? (
          <Input {...control} value={draft.scope.name} readOnly />
        ) : (
          <Combobox
            {...control}
            options={picking.scopes.filter(fits).map(scopeOption)}
            {...(picking.hasMoreScopes && { search })}
            value={scopeOption(draft.scope)}
            onValueChange={choose}
            placeholder="Search folders and clusters"
          />
        )
      }
    </Field>
  )
}
