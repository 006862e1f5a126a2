import { askToConfirm } from '@/components/forms/confirm'
import { toast } from '@/components/ui/toast'
import { removePasskeyAction, removeTotpAction } from '@/lib/features/second-factors/actions'

/** What goes with a factor. `demandedBy` names organizations that demand one. */
export type Stakes = { isLast: boolean; demandedBy: readonly string[] }

function whatGoes({ isLast, demandedBy }: Stakes): string {
  if (!isLast) return 'Your other second factor stays.'
  const closed = demandedBy.length > 0 ? ` ${demandedBy.join(', ')} will be closed to you until you set up another.` : ''
  return `It is your only second factor: your account is then opened by the password alone, and your recovery codes go with it.${closed}`
}

/** Asks, and takes the authenticator app off the account. */
export const removeTotp = (stakes: Stakes): void =>
  askToConfirm({
    title: 'Remove the authenticator app?', description: whatGoes(stakes), confirmLabel: 'Remove', danger: true,
    onConfirm: () => removeTotpAction({}), onDone: () => toast({ title: 'The authenticator app is removed' }),
  })

/** Asks, and takes a passkey off the account. */
export const removePasskey = ({ id, name }: { id: string; name: string }, stakes: Stakes): void =>
  askToConfirm({
    title: `Remove ${name}?`, description: whatGoes(stakes), confirmLabel: 'Remove passkey', danger: true,
    onConfirm: () => removePasskeyAction({ id }), onDone: () => toast({ title: `Removed ${name}` }),
  })
