import type { ReactNode } from 'react'

/** A tab; `icon` is an element such as `<Users aria-hidden="true" />`, made by the server. */
export type NavigationItem = { label: string; href: string; icon: ReactNode; /** Said at the right: "10,214", "1 open". */ count?: string | undefined }

export type NavigationGroup = { heading: string; items: readonly NavigationItem[] }

export type OrganizationLink = { name: string; href: string; detail?: string | undefined }

export type PaletteEntry = { label: string; href: string; detail?: string | undefined }

/** What the palette found on the server. */
export type PaletteResult = PaletteEntry & { group: string }

/** Finds users, keys, roles, folders by a text; usually a server action. At most a few dozen results. */
export type PaletteSearch = (text: string) => Promise<readonly PaletteResult[]>
