import { countOf } from '@/components/members/member-words'
import type { RoleHolder } from '@/lib/features/roles/holders'
import type { RoleView } from '@/lib/features/roles/view'

const EXACT_MAX = 1000

/** "12", "1,000+". */
export const countInWords = (count: number): string => (count > EXACT_MAX ? `${EXACT_MAX.toLocaleString('en')}+` : String(count))

/** "Organization, Folder", "Everywhere". */
export const placesInWords = (assignableAt: RoleView['assignableAt']): string => (assignableAt === null ? 'Everywhere' : assignableAt.join(', '))

export const HOLDER_WORDS: Readonly<Record<RoleHolder['kind'], string>> = { user: 'User', invitation: 'Invitation', group: 'Group', service_account: 'Service account' }

/** "36 permissions", "36 permissions and 4 of Gatehouse’s own". */
export function permissionsInWords({ model, own }: { model: number; own: number }): string {
  if (model === 0) return own === 0 ? 'no permission' : `${countOf(own, 'permission')} of Gatehouse’s own`
  return own === 0 ? countOf(model, 'permission') : `${countOf(model, 'permission')} and ${own} of Gatehouse’s own`
}
