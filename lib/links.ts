import { now } from './clock'
import type { Tx } from './db'
import { absoluteUrl } from './env'
import { AppError } from './errors'
import { ID_KINDS, invitationIdOf, membershipIdOf, newId } from './ids'
import { keyIds, mac, sameSecret } from './secrets'

/** Links that arrive by mail. Their secrets are derived under the server's key, so none is at rest anywhere. */
export type LinkPurpose = 'password-reset' | 'set-up' | 'email-change'

const PATHS: Record<LinkPurpose, string> = { 'password-reset': '/reset', 'set-up': '/set-up', 'email-change': '/confirm-email' }
const MAC_LENGTH = 40

const proofOf = (subject: string, keyId?: string): string => mac('link', subject, keyId).slice(0, MAC_LENGTH)
const provenBy = (subject: string, proof: string): boolean => keyIds().some((keyId) => sameSecret(proofOf(subject, keyId), proof))

const invitationSubject = (membershipId: string, nonce: string): string => `invitation:${membershipId}:${nonce}`

/** Where an invited person accepts. Changing the nonce makes earlier links invalid. */
export function invitationLink(membership: { id: string; invitationNonce: string }): string {
  const { id, invitationNonce } = membership
  return absoluteUrl(`/invite/${invitationIdOf(id)}.${proofOf(invitationSubject(id, invitationNonce))}`)
}

/** The membership id inside an invitation token; nothing is proven yet. */
export function membershipIdOfToken(token: string): string | null {
  const [id = ''] = token.split('.')
  return id.startsWith(`${ID_KINDS.invitation}_`) ? membershipIdOf(id) : null
}

/** Whether the token was made for this membership's present nonce. */
export function invitationTokenMatches(token: string, membership: { id: string; invitationNonce: string }): boolean {
  return provenBy(invitationSubject(membership.id, membership.invitationNonce), token.split('.')[1] ?? '')
}

const oneTimeSubject = (purpose: LinkPurpose, id: string): string => `${purpose}:${id}`

/** The address of a one-time link. */
export const oneTimeLinkUrl = (purpose: LinkPurpose, id: string): string =>
  absoluteUrl(`${PATHS[purpose]}/${id}.${proofOf(oneTimeSubject(purpose, id))}`)

/** Makes a one-time link and takes back earlier ones of the same purpose and account. Returns its id. */
export async function makeOneTimeLink(tx: Tx, purpose: LinkPurpose, accountId: string | null, ttlMinutes: number, subject = ''): Promise<string> {
  const id = newId('link')
  const at = now()
  await tx.oneTimeLink.updateMany({ where: { purpose, accountId, usedAt: null }, data: { usedAt: at } })
  await tx.oneTimeLink.create({ data: { id, purpose, accountId, subject, expiresAt: new Date(at.getTime() + ttlMinutes * 60_000) } })
  return id
}

export type OneTimeLinkFacts = { id: string; accountId: string | null; subject: string }

const invalid = () => new AppError('link-invalid', 'the link is wrong, was used already, or has expired')

/** Checks a one-time link without using it up. @throws AppError `link-invalid` */
export async function findOneTimeLink(tx: Tx, purpose: LinkPurpose, token: string): Promise<OneTimeLinkFacts> {
  const [id = '', proof = ''] = token.split('.')
  if (!provenBy(oneTimeSubject(purpose, id), proof)) throw invalid()
  const link = await tx.oneTimeLink.findUnique({ where: { id } })
  if (!link || link.purpose !== purpose || link.usedAt !== null || link.expiresAt <= now()) throw invalid()
  return { id: link.id, accountId: link.accountId, subject: link.subject }
}

/** Uses a link up; of two requests at once only one gets it. @throws AppError `link-invalid` */
export async function redeemOneTimeLink(tx: Tx, purpose: LinkPurpose, token: string): Promise<OneTimeLinkFacts> {
  const link = await findOneTimeLink(tx, purpose, token)
  const { count } = await tx.oneTimeLink.updateMany({ where: { id: link.id, usedAt: null }, data: { usedAt: now() } })
  if (count === 0) throw invalid()
  return link
}
