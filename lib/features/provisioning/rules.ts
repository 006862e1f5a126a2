import type { AccessPreviewView } from '@/lib/features/access-preview/rules'

/** Identity providers for which there is a guide. */
export const DIRECTORY_KINDS = ['okta', 'entra', 'other'] as const
export type DirectoryKind = (typeof DIRECTORY_KINDS)[number]

export const KIND_TITLES: Readonly<Record<DirectoryKind, string>> = { okta: 'Okta', entra: 'Microsoft Entra ID', other: 'another provider' }

/** The directory that decides about somebody or about a group, as whatever is locked for its sake names it. */
export type ManagedBy = { id: string; name: string; kind: DirectoryKind }

/** "Okta", or with a name of its own "Okta (Contractors)"; the name alone where the provider is none we know. */
export function managerInWords({ name, kind }: Pick<ManagedBy, 'name' | 'kind'>): string {
  if (kind === 'other' || name.toLowerCase().includes(kind)) return name
  return `${KIND_TITLES[kind]} (${name})`
}

/** Why what a directory decides about cannot be changed here: "Managed by Okta: change it there". */
export const managedReason = (by: Pick<ManagedBy, 'name' | 'kind'>): string => `Managed by ${managerInWords(by)}: change it there`

/** What becomes of the API keys of somebody a directory removes. */
export const LEAVER_KEYS = ['revoke', 'hand-over'] as const
export type LeaverKeys = (typeof LEAVER_KEYS)[number]

export const MATCHES = ['name', 'external-id'] as const
export type MappingMatch = (typeof MATCHES)[number]

/** Where SCIM lives below the public address. */
export const SCIM_BASE = '/scim/v2'

/** Most deeds, losses and gains that a rehearsed request is kept with. */
export const ADDED_MAX = 20

/** What a request would have changed: in words after "it would have", and whose access. */
export type RehearsedChange = { deeds: string[]; moreDeeds: number; preview: AccessPreviewView }

/** A token as lists show it. Times in RFC 3339, UTC. */
export type TokenRow = {
  id: string
  name: string
  hint: string
  status: 'active' | 'expired'
  /** Its changes are taken back. */
  rehearses: boolean
  createdBy: string
  createdAt: string
  expiresAt: string | null
  rotatedFrom: string | null
  replacedBy: string | null
  lastUsedAt: string | null
  lastUsedIp: string | null
}

export type DirectoryRow = {
  id: string
  name: string
  kind: DirectoryKind
  leaverKeys: LeaverKeys
  handoverTo: { id: string; name: string } | null
  sendsInvitations: boolean
  users: number
  groups: number
  tokens: TokenRow[]
  createdAt: string
  lastRequestAt: string | null
  lastChangeAt: string | null
  /** The latest request that was refused, of those that are kept. */
  lastRefused: { at: string; status: number; detail: string } | null
}

export type MappingRow = {
  id: string
  matchBy: MappingMatch
  value: string
  role: { id: string; name: string; title: string }
  scope: { id: string; type: string; name: string }
  priority: number
  createdBy: string
  createdAt: string
  /** Groups of the directory that it is about now; none while it waits for one. */
  groups: { id: string; name: string; members: number }[]
}

export const WHICH_REQUESTS = ['all', 'refused', 'rehearsed'] as const
export type WhichRequests = (typeof WHICH_REQUESTS)[number]

export type RequestRow = {
  id: string
  at: string
  method: string
  path: string
  status: number
  scimType: string | null
  detail: string
  milliseconds: number
  requestId: string
  /** With a token that rehearses: what it would have changed. */
  rehearsal: RehearsedChange | null
}

/** The same with what was sent and answered. */
export type RequestDetail = RequestRow & { request: unknown; answer: unknown }

export const asKind = (text: string): DirectoryKind => DIRECTORY_KINDS.find((each) => each === text) ?? 'other'
export const asLeaverKeys = (text: string): LeaverKeys => LEAVER_KEYS.find((each) => each === text) ?? 'revoke'
export const asMatch = (text: string): MappingMatch => MATCHES.find((each) => each === text) ?? 'name'
