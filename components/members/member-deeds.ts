import { createElement, Fragment, lazy, Suspense } from 'react'
import { toldWith } from '@/components/access-preview/told-with'
import { askToConfirm } from '@/components/forms/confirm'
import { refusalText } from '@/components/forms/refusal-text'
import { withIdentity } from '@/components/identity/ask'
import { toast } from '@/components/ui/toast'
import { copyInvitationLinkAction, resendInvitationsAction, revokeInvitationsAction } from '@/lib/features/invitations/actions'
import { previewRemovalAction, previewSuspensionAction, removeMembersAction, resetMemberPasswordAction, resumeMembersAction, suspendMembersAction } from '@/lib/features/members/actions'
import type { MemberRow } from '@/lib/features/members/rules'
import { endMemberSessionsAction } from '@/lib/features/sessions/actions'
import { countOf } from './member-words'
import { tellAnswers, tellOrExplain } from '@/components/forms/tell-answers'

/** Only who removes somebody needs it. */
const RemovalChoice = lazy(() => import('./removal-choice').then((module) => ({ default: module.RemovalChoice })))

/** What of a member or an invitation a deed needs to know. */
export type Person = Pick<MemberRow, 'id' | 'invitationId' | 'email' | 'status'>

/** Where the deeds happen and who does them. */
export type DeedPlace = { org: string; organization: string; selfId: string | null }

const only = (people: readonly Person[]): string | undefined => (people.length === 1 ? people[0]?.email : undefined)
const named = (people: readonly Person[], done: number, one: string): string => (done === 1 ? (only(people) ?? `1 ${one}`) : countOf(done, one))

export async function resume({ org }: DeedPlace, people: readonly Person[]): Promise<void> {
  const result = await resumeMembersAction(org, people.map(({ id }) => id))
  tellAnswers(result, { done: (count) => `Resumed ${named(people, count, 'user')}`, description: 'They may sign in again, with the roles they had.' })
}

/** Asks, with what it takes from whom, and suspends. It can be undone, but not by who suspends themselves. */
export function suspend(place: DeedPlace, people: readonly Person[]): void {
  const { org, organization, selfId } = place
  const ids = people.map(({ id }) => id)
  const isSelf = ids.includes(selfId ?? '')
  const count = countOf(people.length, 'user')
  const warning = isSelf ? `You are among the chosen. ${organization} closes to you at once, and only another administrator can let you in again.` : 'Sessions are closed and keys stop at once. Roles stay, and count again when you resume.'
  const undo = (done: string[]) => void resume(place, people.filter(({ id }) => done.includes(id)))
  askToConfirm({
    title: isSelf ? 'Suspend yourself?' : `Suspend ${only(people) ?? count}?`,
    description: toldWith(warning, () => previewSuspensionAction(org, ids)),
    confirmLabel: people.length > 1 ? `Suspend ${count}` : isSelf ? 'Suspend myself' : 'Suspend user',
    danger: true,
    onConfirm: async () => tellOrExplain(await suspendMembersAction(org, ids), { done: (of) => `Suspended ${named(people, of, 'user')}`, description: 'Their sessions are closed and their keys stopped.', undo }),
  })
}

/** Asks, with what it takes from whom, the address to type for a single person and what becomes of the keys, and removes. */
export function remove(place: DeedPlace, people: readonly Person[], onDone?: () => void): void {
  const one = only(people)
  const isSelf = people.some(({ id }) => id === place.selfId)
  const ids = people.map(({ id }) => id)
  let handoverTo: string | undefined
  const warning = `${isSelf ? 'You are removing yourself. ' : ''}Roles in ${place.organization} end at once. This cannot be undone; to bring somebody back, invite them again.`
  const choice = createElement(Suspense, { key: 'keys' }, createElement(RemovalChoice, { org: place.org, ids, onChoose: (next: string | undefined) => (handoverTo = next) }))
  askToConfirm({
    title: one ? `Remove ${one}?` : `Remove ${countOf(people.length, 'user')}?`,
    description: [createElement(Fragment, { key: 'told' }, toldWith(warning, () => previewRemovalAction(place.org, ids))), choice],
    confirmLabel: one ? 'Remove user' : 'Remove users',
    danger: true,
    typedName: one ?? `remove ${people.length}`,
    onConfirm: async () => tellOrExplain(await withIdentity(() => removeMembersAction(place.org, ids, { ...(handoverTo !== undefined && { handoverTo }) })), { done: (count) => `Removed ${named(people, count, 'user')}` }),
    onDone,
  })
}

const invitationIds = (people: readonly Person[]): string[] => people.map(({ invitationId }) => invitationId).filter((id) => id !== null)

export async function resend({ org }: DeedPlace, people: readonly Person[]): Promise<void> {
  const result = await resendInvitationsAction(org, invitationIds(people))
  tellAnswers(result, { done: (count) => (only(people) ? `Invitation sent to ${only(people)} again` : `Sent ${countOf(count, 'invitation')} again`), description: 'Good for seven days; earlier links no longer work.' })
}

export function revoke({ org }: DeedPlace, people: readonly Person[], onDone?: () => void): void {
  const one = only(people)
  askToConfirm({
    title: one ? `Revoke the invitation of ${one}?` : `Revoke ${countOf(people.length, 'invitation')}?`,
    description: 'The link in the mail stops working. You can invite the same address again.',
    confirmLabel: one ? 'Revoke invitation' : 'Revoke invitations',
    danger: true,
    onConfirm: async () => tellOrExplain(await revokeInvitationsAction(org, invitationIds(people)), { done: (count) => `Revoked ${one ? `the invitation of ${one}` : countOf(count, 'invitation')}` }),
    onDone,
  })
}

/** Puts the invitation's link on the clipboard; where the browser refuses, shows it. */
export async function copyLink({ org }: DeedPlace, { invitationId, email }: Person): Promise<void> {
  const result = await copyInvitationLinkAction(org, { id: invitationId ?? '' })
  if (!result.ok) return toast({ kind: 'error', title: result.refusal.title, description: refusalText(result.refusal) })
  const { link } = result.value
  await navigator.clipboard.writeText(link).then(
    () => toast({ title: `Link for ${email} copied`, description: 'Whoever opens it can accept the invitation.' }),
    () => toast({ kind: 'error', title: 'The browser did not let us copy', description: `Copy it by hand: ${link}` }),
  )
}

export async function endSessions({ org, organization }: DeedPlace, { id, email }: Person): Promise<void> {
  const result = await endMemberSessionsAction(org, { userId: id })
  if (!result.ok) return toast({ kind: 'error', title: result.refusal.title, description: refusalText(result.refusal) })
  toast({ title: `Ended ${countOf(result.value.ended, 'session')} of ${email}`, description: `${organization} is closed to them until they sign in again.` })
}

export async function sendReset({ org }: DeedPlace, { id, email }: Person): Promise<void> {
  const result = await resetMemberPasswordAction(org, { id })
  if (!result.ok) return toast({ kind: 'error', title: result.refusal.title, description: refusalText(result.refusal) })
  toast({ title: `Password reset sent to ${email}`, description: 'The link works once, for one hour.' })
}
