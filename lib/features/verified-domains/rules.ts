/** Where the TXT record of a domain stands. */
export const recordName = (domain: string): string => `_gatehouse-challenge.${domain}`

/** What it holds. */
export const recordValue = (token: string): string => `gatehouse-domain-verification=${token}`
