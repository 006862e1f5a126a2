import { askToConfirm } from '@/components/forms/confirm'
import { refusalText } from '@/components/forms/refusal-text'
import { toast } from '@/components/ui/toast'
import { deleteTrustedIssuerAction, updateTrustedIssuerAction } from '@/lib/features/trusted-issuers/actions'
import type { TrustRow } from '@/lib/features/trusted-issuers/page-rules'

/** Suspends or resumes at once, since it can be undone. */
export async function turnTrust(org: string, { serviceAccountId, id, name }: TrustRow, status: 'active' | 'suspended'): Promise<void> {
  const result = await updateTrustedIssuerAction(org, { serviceAccountId, id, status })
  if (!result.ok) return toast({ kind: 'error', title: result.refusal.title, description: refusalText(result.refusal) })
  toast(status === 'suspended' ? { title: `Suspended ${name}`, description: 'What was exchanged under it is refused until it is resumed.' } : { title: `Resumed ${name}` })
}

/** Ends a trust after a question. */
export function deleteTrust(org: string, { serviceAccountId, id, name }: TrustRow): void {
  askToConfirm({
    title: `Stop trusting ${name}?`,
    description: 'Its tokens are no longer exchanged, and what was exchanged ends at once. To stop it for a while, suspend it instead.',
    confirmLabel: 'Stop trusting',
    danger: true,
    onConfirm: () => deleteTrustedIssuerAction(org, { serviceAccountId, id }),
    onDone: () => toast({ title: `${name} is not trusted any more` }),
  })
}
