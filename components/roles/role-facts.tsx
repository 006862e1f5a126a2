import { KeyValueList } from '@/components/ui/key-value-list'
import type { RoleView } from '@/lib/features/roles/view'
import { placesInWords } from './role-words'

const chosenInWords = (resources: RoleView['resources']): string | null => {
  if (resources === null) return null
  return resources.length === 0 ? 'Nowhere: the chosen resources are gone' : resources.map(({ name }) => name).join(', ')
}

/** What there is to know about a role beside its permissions. */
export function RoleFacts({ role }: { role: RoleView }) {
  const chosen = chosenInWords(role.resources)
  return (
    <KeyValueList
      items={[
        { label: 'Identifier', value: <span className="mono">{role.name}</span> },
        { label: 'Id', value: <span className="mono">{role.id}</span> },
        { label: 'Group', value: role.group },
        { label: 'Can be held at', value: role.isFloor ? 'Held by everybody at the organization' : placesInWords(role.assignableAt) },
        ...(chosen === null ? [] : [{ label: 'Counts only at', value: chosen }]),
      ]}
    />
  )
}
