'use client'
import { RotateDialog } from '@/components/credentials/rotate-dialog'
import type { LazyDialogProps } from '@/components/ui/dialog-button'
import { rotateScimTokenAction } from '@/lib/features/provisioning/actions'
import type { TokenRow } from '@/lib/features/provisioning/rules'
import { factsOfScimToken, KEPT_WHERE, secretOfScimToken } from './scim-secret'

/** Another token of the same directory in place of one, which works on for the overlap. */
export function RotateScimToken({ org, baseUrl, token, ...dialog }: LazyDialogProps & { org: string; baseUrl: string; token: TokenRow }) {
  return (
    <RotateDialog
      {...dialog} credential={token} where={KEPT_WHERE} secretsOf={secretOfScimToken} factsOf={(made) => factsOfScimToken(made, { name: token.name, url: baseUrl })}
      rotate={(id, overlapHours) => rotateScimTokenAction(org, { id, overlapHours })}
    />
  )
}
