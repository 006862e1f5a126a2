import { isIP } from 'node:net'
import { generateAuthenticationOptions, generateRegistrationOptions, verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { challengeOf, CreatedPasskey, parsedJson, UsedPasskey } from './passkey-answers'

const CHALLENGE_MINUTES = 5

/** The relying party is `GATEHOUSE_URL`, never what a request claims. */
const party = (): { id: string; origin: string } => ({ id: env().publicUrl.hostname, origin: env().publicUrl.origin })

/** Browsers give passkeys to names only, not to addresses. */
export const passkeysWorkHere = (): boolean => isIP(party().id.replace(/^\[|\]$/g, '')) === 0

type Purpose = 'register' | 'prove'

async function storeChallenge(id: string, accountId: string, purpose: Purpose, at: Date): Promise<void> {
  await db().passkeyChallenge.create({ data: { id, accountId, purpose, expiresAt: new Date(at.getTime() + CHALLENGE_MINUTES * 60_000) } })
}

/** A challenge is answered once, by the account it was made for. */
async function takeChallenge(id: string | null, accountId: string, purpose: Purpose, at: Date): Promise<boolean> {
  if (id === null) return false
  const { count } = await db().passkeyChallenge.deleteMany({ where: { id, accountId, purpose, expiresAt: { gt: at } } })
  return count === 1
}

const known = (accountId: string) => db().passkey.findMany({ where: { accountId }, select: { credentialId: true, transports: true }, orderBy: { id: 'asc' } })
const namedFor = (rows: Awaited<ReturnType<typeof known>>) => rows.map(({ credentialId, transports }) => ({ id: credentialId, transports }))

/** What a browser needs to make a passkey for an account. */
export async function registrationOptions(account: { id: string; email: string; name: string }, at: Date) {
  const options = await generateRegistrationOptions({
    rpName: 'Gatehouse', rpID: party().id, userID: new TextEncoder().encode(account.id), userName: account.email, userDisplayName: account.name || account.email,
    excludeCredentials: namedFor(await known(account.id)), attestationType: 'none',
    authenticatorSelection: { residentKey: 'discouraged', userVerification: 'preferred' },
  })
  await storeChallenge(options.challenge, account.id, 'register', at)
  return options
}

export type NewPasskey = { credentialId: string; publicKey: Uint8Array<ArrayBuffer>; counter: number; transports: string[]; isSynced: boolean }

/** The passkey a browser has made, or null when its answer is not one to our question. */
export async function readNewPasskey(accountId: string, answer: string, at: Date): Promise<NewPasskey | null> {
  const parsed = CreatedPasskey.safeParse(parsedJson(answer))
  if (!parsed.success) return null
  const challenge = challengeOf(parsed.data.response.clientDataJSON)
  if (!(await takeChallenge(challenge, accountId, 'register', at))) return null
  const { id: expectedRPID, origin: expectedOrigin } = party()
  const checked = await verifyRegistrationResponse({ response: parsed.data, expectedChallenge: challenge ?? '', expectedOrigin, expectedRPID, requireUserVerification: false }).catch(() => null)
  if (!checked?.verified) return null
  const { credential, credentialBackedUp } = checked.registrationInfo
  return { credentialId: credential.id, publicKey: new Uint8Array(credential.publicKey), counter: credential.counter, transports: credential.transports ?? [], isSynced: credentialBackedUp }
}

export type PasskeyQuestion = Awaited<ReturnType<typeof proofOptions>>

/** What a browser needs to ask for one of an account's passkeys. */
export async function proofOptions(accountId: string, at: Date) {
  const options = await generateAuthenticationOptions({ rpID: party().id, allowCredentials: namedFor(await known(accountId)), userVerification: 'preferred' })
  await storeChallenge(options.challenge, accountId, 'prove', at)
  return options
}

/** Takes a browser's answer to `proofOptions`, once. A counter that does not rise is that of a copy, and refused. */
export async function takePasskey(accountId: string, answer: string, at: Date): Promise<boolean> {
  const parsed = UsedPasskey.safeParse(parsedJson(answer))
  if (!parsed.success) return false
  const challenge = challengeOf(parsed.data.response.clientDataJSON)
  if (!(await takeChallenge(challenge, accountId, 'prove', at))) return false
  const passkey = await db().passkey.findUnique({ where: { credentialId: parsed.data.id } })
  if (passkey?.accountId !== accountId) return false
  const { id: expectedRPID, origin: expectedOrigin } = party()
  const credential = { id: passkey.credentialId, publicKey: new Uint8Array(passkey.publicKey), counter: Number(passkey.counter) }
  const checked = await verifyAuthenticationResponse({ response: parsed.data, expectedChallenge: challenge ?? '', expectedOrigin, expectedRPID, credential, requireUserVerification: false }).catch(() => null)
  if (!checked?.verified) return false
  const { newCounter, credentialBackedUp } = checked.authenticationInfo
  const { count } = await db().passkey.updateMany({
    where: { id: passkey.id, counter: newCounter === 0 ? 0 : { lt: newCounter } },
    data: { counter: newCounter, isSynced: credentialBackedUp, lastUsedAt: at },
  })
  return count === 1
}
