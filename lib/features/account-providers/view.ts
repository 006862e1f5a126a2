import type { AccountProviderId } from './rules'

/** A provider of the whole installation as the signed-in person's page shows it. Times are ISO. */
export type OwnProvider = {
  id: AccountProviderId
  title: string
  issuer: string
  /** Who they are there; null while it does not open their account. */
  link: { email: string; since: string; lastUsedAt: string; /** Nothing else opens the account. */ isOnlyWay: boolean } | null
  /** Whether the installation still has it set up. */
  isSetUp: boolean
}
