import type { ReactNode } from 'react'

/** One line of a menu: it does something (`onSelect`) or goes somewhere (`href`). */
export type MenuItem = {
  label: string
  icon?: ReactNode
  detail?: string | undefined
  /** Stands below a line, at the end; the confirmation is what turns red, not the menu. */
  danger?: boolean | undefined
  /** Present and why it cannot be done now: the item is shown, not hidden, so that nobody searches for it. */
  disabledReason?: string | undefined
} & ({ onSelect: () => void; href?: never } | { href: string; onSelect?: never })
