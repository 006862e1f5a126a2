/** A passkey as its owner's page shows it. Times are ISO. */
export type PasskeyRow = { id: string; name: string; createdAt: string; lastUsedAt: string | null; isSynced: boolean }

/** The second factors of the signed-in person. Times are ISO. */
export type OwnFactors = {
  totp: { since: string; lastUsedAt: string | null } | null
  passkeys: PasskeyRow[]
  recoveryCodesLeft: number
  /** Whether browsers give passkeys to this installation's address. */
  canUsePasskeys: boolean
  /** Organizations that demand a second factor, with the moment from which they do. */
  demandedBy: { name: string; from: string; isNow: boolean }[]
}

/** Whether there is any. */
export const hasFactor = ({ totp, passkeys }: Pick<OwnFactors, 'totp' | 'passkeys'>): boolean => totp !== null || passkeys.length > 0
