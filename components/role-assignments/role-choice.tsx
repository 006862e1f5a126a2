'use client'
import { Field } from '@/components/forms/field'
import type { Option } from '@/components/ui/option'
import { Select } from '@/components/ui/select'
import type { RoleToGive } from '@/lib/features/role-assignments/giving'

const optionOf = ({ id, title, group, description, disabledReason }: RoleToGive): Option => ({
  value: id, label: title, detail: disabledReason ?? `${group} · ${description}`, disabled: disabledReason !== null,
})

type RoleChoiceProps = { roles: readonly RoleToGive[] | null; value: string; onChange: (roleId: string) => void }

/** Which role to give; those one may not give say why. */
export function RoleChoice({ roles, value, onChange }: RoleChoiceProps) {
  const mayGiveNone = roles !== null && roles.every(({ disabledReason }) => disabledReason !== null)
  return (
    <Field name="role" label="Role" hint={mayGiveNone ? 'You hold no role there that you could give. Each says what you lack.' : undefined}>
      {({ defaultValue: _, ...control }) => <Select {...control} options={(roles ?? []).map(optionOf)} value={value} onValueChange={onChange} placeholder={roles === null ? 'Loading' : 'Choose a role'} disabled={roles === null} />}
    </Field>
  )
}
