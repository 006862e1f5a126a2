import { askToConfirm } from '@/components/forms/confirm'
import { refusalText } from '@/components/forms/refusal-text'
import { toast } from '@/components/ui/toast'
import { deleteServiceAccountAction, updateServiceAccountAction } from '@/lib/features/service-accounts/actions'
import type { AccountRow } from '@/lib/features/service-accounts/page-rules'

export type Account = Pick<AccountRow, 'id' | 'name' | 'status' | 'keys' | 'lastUsedAt'>

const USED_LATELY_MS = 7 * 24 * 3600_000

export async function resumeAccount(org: string, { id, name }: Account): Promise<void> {
  const result = await updateServiceAccountAction(org, { id, status: 'active' })
  if (!result.ok) return toast({ kind: 'error', title: result.refusal.title, description: refusalText(result.refusal) })
  toast({ title: `Resumed ${name}`, description: 'Its keys work again.' })
}

/** Suspends at once, since it can be undone. */
export async function suspendAccount(org: string, account: Account): Promise<void> {
  const result = await updateServiceAccountAction(org, { id: account.id, status: 'suspended' })
  if (!result.ok) return toast({ kind: 'error', title: result.refusal.title, description: refusalText(result.refusal) })
  toast({ title: `Suspended ${account.name}`, description: 'All its keys are refused until it is resumed.', action: { label: 'Undo', onSelect: () => void resumeAccount(org, account) } })
}

function keysInWords({ keys, lastUsedAt }: Account): string {
  if (keys === 0) return 'It has no keys.'
  const used = lastUsedAt === null ? 'none of them was ever used' : Date.now() - Date.parse(lastUsedAt) < USED_LATELY_MS ? 'they are still used' : 'they were not used for a week'
  return `It has ${keys === 1 ? '1 key' : `${keys} keys`}; ${used}.`
}

/** Deletes after its name was typed. */
export function deleteAccount(org: string, account: Account, onDone?: () => void): void {
  askToConfirm({
    title: `Delete ${account.name}?`,
    description: `${keysInWords(account)} Its roles and keys end at once, and whatever uses them fails. This cannot be undone; to stop it for a while, suspend it instead.`,
    confirmLabel: 'Delete service account',
    danger: true,
    typedName: account.name,
    onConfirm: () => deleteServiceAccountAction(org, { id: account.id }),
    onDone: () => {
      toast({ title: `Deleted ${account.name}` })
      onDone?.()
    },
  })
}
