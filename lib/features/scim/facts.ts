import { addressProblem } from '@/lib/features/invitations/rules'
import { ScimError } from '@/lib/scim/error'
import { asList, isObject, isSame, type Json, type JsonObject } from '@/lib/scim/json'

/** What of a person's resource is kept in columns of the membership, and the rest. */
export type PersonFacts = {
  userName: string
  externalId: string | null
  isActive: boolean
  /** An e-mail address where there is one, else the user name: what the membership is found by. */
  email: string
  hasAddress: boolean
  name: string
  profile: JsonObject
}

const NAME_MAX = 200
const USER_NAME_MAX = 320
const EXTERNAL_ID_MAX = 255

const line = (value: Json | undefined): string => (typeof value === 'string' ? value.replace(/\p{Cc}+/gu, ' ').trim().slice(0, NAME_MAX) : '')

function nameOf({ displayName, name }: JsonObject): string {
  const parts = isObject(name) ? name : {}
  return line(displayName) || line(parts['formatted']) || [line(parts['givenName']), line(parts['familyName'])].filter(Boolean).join(' ')
}

const isAddress = (value: Json | undefined): value is string => typeof value === 'string' && addressProblem(value) === null

/** The address to invite: the preferred one, the one at work, any, or a user name that is one. */
function addressOf({ emails }: JsonObject, userName: string): string | undefined {
  const all = asList(emails).filter(isObject).filter((each) => isAddress(each['value']))
  const chosen = all.find((each) => each['primary'] === true) ?? all.find((each) => each['type'] === 'work') ?? all[0]
  if (isAddress(chosen?.['value'])) return chosen['value'].toLowerCase()
  return isAddress(userName) ? userName.toLowerCase() : undefined
}

/** @throws ScimError `invalidValue` */
export function externalIdOf({ externalId }: JsonObject): string | null {
  if (externalId === undefined || externalId === '') return null
  if (typeof externalId !== 'string' || externalId.length > EXTERNAL_ID_MAX) throw new ScimError(400, 'invalidValue', `\`externalId\`: use at most ${EXTERNAL_ID_MAX} characters`)
  return externalId
}

/** @param before whether the person may enter now; stays when the resource does not say. @throws ScimError `invalidValue` */
export function personFacts(resource: JsonObject, before: { isActive: boolean } = { isActive: true }): PersonFacts {
  const { userName: given, externalId: _externalId, active, ...profile } = resource
  const userName = typeof given === 'string' ? given.trim() : ''
  if (userName === '') throw new ScimError(400, 'invalidValue', '`userName` is needed')
  if (userName.length > USER_NAME_MAX || /\p{Cc}/u.test(userName)) throw new ScimError(400, 'invalidValue', `\`userName\`: use at most ${USER_NAME_MAX} characters on one line`)
  const address = addressOf(resource, userName)
  return {
    userName, externalId: externalIdOf(resource), isActive: typeof active === 'boolean' ? active : before.isActive,
    email: address ?? userName.toLowerCase(), hasAddress: address !== undefined, name: nameOf(resource), profile,
  }
}

const GROUP_NAME_MAX = 256

/** @throws ScimError `invalidValue` */
export function groupFacts(resource: JsonObject): { name: string; externalId: string | null; profile: JsonObject } {
  const { displayName, externalId: _externalId, ...profile } = resource
  const name = typeof displayName === 'string' ? displayName.trim() : ''
  if (name === '') throw new ScimError(400, 'invalidValue', '`displayName` is needed')
  if (name.length > GROUP_NAME_MAX || /\p{Cc}/u.test(name)) throw new ScimError(400, 'invalidValue', `\`displayName\`: use at most ${GROUP_NAME_MAX} characters on one line`)
  return { name, externalId: externalIdOf(resource), profile }
}

const TOLD_MAX = 400

/** What changed at the top of a resource, for the log: long values are cut. */
export function changesOf(before: JsonObject, after: JsonObject): { before: JsonObject; after: JsonObject } {
  const told = (value: Json | undefined): Json => {
    if (value === undefined) return null
    const text = JSON.stringify(value)
    return text.length > TOLD_MAX ? `${text.slice(0, TOLD_MAX)}…` : value
  }
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => !isSame(before[name], after[name]))
  const piece = (of: JsonObject): JsonObject => Object.fromEntries(names.map((name) => [name, told(of[name])]))
  return { before: piece(before), after: piece(after) }
}
