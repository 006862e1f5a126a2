/** Providers of the whole installation, set up by environment. */
export const ACCOUNT_PROVIDERS = ['google', 'okta'] as const
export type AccountProviderId = (typeof ACCOUNT_PROVIDERS)[number]

export const isAccountProvider = (word: string | undefined): word is AccountProviderId => ACCOUNT_PROVIDERS.some((each) => each === word)

/** Where signing in with one begins. */
export const beginPath = (id: AccountProviderId): string => `/sso/account/${id}/begin`
