'use client'
import type { DataTableColumn } from '@/components/data-table/table-types'
import { Avatar } from '@/components/ui/avatar'
import { ChipList } from '@/components/ui/chip-list'
import { RelativeTime } from '@/components/ui/relative-time'
import { StatusPill } from '@/components/ui/status-pill'
import { TextLink } from '@/components/ui/text-link'
import type { Verb } from '@/lib/access/models/access-model'
import type { MemberRow } from '@/lib/features/members/rules'
import { methodInWords } from '@/lib/features/sessions/device'
import { ManagedBadge } from '@/components/provisioning/managed-badge'
import { Glance } from './glance'
import { MemberStatusPill } from './member-status'
import { nameOf, placeInWords } from './member-words'

/** A member with the address of their page. */
export type MemberTableRow = MemberRow & { href: string; /** What they may do where the Actions column looks. */ glance: { verbs: readonly Verb[]; place: string }; /** Null: an open invitation, whose account is not known yet. */ hasSecondFactor: boolean | null }

function Factor({ has }: { has: boolean | null }) {
  if (has === null) return <span className="dim">–</span>
  return has ? <span className="dim">Has one</span> : <StatusPill tone="warn">None</StatusPill>
}

function Name({ row }: { row: MemberTableRow }) {
  return (
    <span className="flex min-w-0 items-center gap-2.5">
      <Avatar name={nameOf(row)} />
      <span className="truncate">
        <TextLink href={row.href} plain>
          {nameOf(row)}
        </TextLink>
        {row.name ? <span className="ml-2 text-ink-3">{row.email}</span> : null}
      </span>
      {row.managedBy ? <ManagedBadge by={row.managedBy} /> : null}
    </span>
  )
}

function SignIn({ row }: { row: MemberTableRow }) {
  if (row.invitationId !== null)
    return (
      <span className="dim">
        {row.status === 'expired' ? 'invitation ended ' : 'invitation ends '}
        <RelativeTime at={row.invitationExpiresAt} />
      </span>
    )
  return <span className="dim">{row.signInMethod === null ? '–' : methodInWords(row.signInMethod)}</span>
}

const rolesOf = (row: MemberTableRow) =>
  row.roles.map((role) => ({ label: role.title, detail: placeInWords(role), ...(role.via && { dashed: true, title: `${role.title}, ${placeInWords(role)}, through the group ${role.via.name}` }) }))

/** Columns of the Users page. On a phone: who it is, below it status and roles. */
export const MEMBER_COLUMNS: readonly DataTableColumn<MemberTableRow>[] = [
  { id: 'name', header: 'Name', cell: (row) => <Name row={row} />, sortable: true, width: 'wide', phone: 'title', hideable: false },
  { id: 'email', header: 'E-mail', cell: (row) => row.email, sortable: true, hiddenByDefault: true },
  { id: 'status', header: 'Status', cell: (row) => <MemberStatusPill status={row.status} />, width: 'fit', phone: 'second' },
  { id: 'roles', header: 'Roles and scope', cell: (row) => <ChipList items={rolesOf(row)} none="no role" />, width: 'chips', phone: 'second' },
  { id: 'actions', header: 'Actions', cell: (row) => <Glance {...row.glance} />, width: 'fit', phone: 'hidden' },
  { id: 'sign-in', header: 'Sign-in', cell: (row) => <SignIn row={row} />, width: 'fit' },
  { id: 'second-factor', header: 'Second factor', cell: (row) => <Factor has={row.hasSecondFactor} />, width: 'fit', phone: 'hidden', hiddenByDefault: true },
  { id: 'last-seen', header: 'Last seen', cell: (row) => <span className="dim"><RelativeTime at={row.lastSeenAt} /></span>, sortable: 'desc', width: 'fit' },
  { id: 'added', header: 'Added', cell: (row) => <span className="dim"><RelativeTime at={row.addedAt} format="date" /></span>, sortable: 'desc', width: 'fit', hiddenByDefault: true },
]
