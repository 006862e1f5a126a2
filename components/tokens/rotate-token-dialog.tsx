'use client'
import { useState } from 'react'
import { RotateForm } from '@/components/credentials/rotate-form'
import { Dialog } from '@/components/ui/dialog'
import type { LazyDialogProps } from '@/components/ui/dialog-button'
import { rotateTokenAction } from '@/lib/features/tokens/actions'
import { tokenLabel, type TokenRow } from '@/lib/features/tokens/page-rules'
import { TokenRevealDialog } from './token-reveal-dialog'
import type { MadeToken } from './token-secret'

type RotateTokenDialogProps = LazyDialogProps & { org: string; row: TokenRow; organization: string; baseUrl: string }

/** Another token of the same role in place of one, which works on for the overlap. */
export function RotateTokenDialog({ org, row, organization, baseUrl, open, onOpenChange }: RotateTokenDialogProps) {
  // Kept from the opening: the list behind changes when the token is rotated.
  const [token] = useState(row)
  const [made, setMade] = useState<MadeToken | null>(null)
  const close = () => onOpenChange(false)
  if (made) {
    const shown = { made, description: token.description, role: token.role.title, scope: token.scope.name, expiresAt: null }
    return <TokenRevealDialog token={shown} organization={organization} baseUrl={baseUrl} onClose={close} />
  }
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={`Rotate ${tokenLabel(token)}`}>
      <RotateForm credential={token} rotate={(overlapHours) => rotateTokenAction(org, { id: token.id, overlapHours })} onDone={setMade} onCancel={close} />
    </Dialog>
  )
}
