import type { KnownCredential } from './known-credentials'
import type { KnownGroup, KnownMember, KnownResource, KnownRows, KnownServiceAccount } from './rows-from-database'

/** One and the same for all without any, so that it is read once. */
const NONE: Readonly<Record<string, unknown>> = Object.freeze({})

const keyOf = (type: string, externalId: string): string => `${type}\n${externalId}`

/** Finds ids by what programs know: a person's address, external ids by type; knows credentials; keeps attributes for policies. */
export class Directory {
  private readonly byExternalId = new Map<string, string>()
  private readonly byEmail = new Map<string, string>()
  private readonly attributes = new Map<string, Record<string, unknown>>()
  /** What each id is found under, so that a change can take it back. */
  private readonly keys = new Map<string, string[]>()

  /** The resource a group belongs to, where it does; and the groups that are locked. */
  private readonly homes = new Map<string, string>()
  private readonly locked = new Set<string>()

  private readonly credentials = new Map<string, KnownCredential>()
  private readonly byPublicId = new Map<string, KnownCredential>()

  constructor(rows: Pick<KnownRows, 'members' | 'resources' | 'serviceAccounts' | 'groups' | 'credentials'>) {
    for (const row of rows.members) this.putMember(row)
    for (const row of rows.resources) this.putResource(row)
    for (const row of rows.serviceAccounts) this.putServiceAccount(row)
    for (const row of rows.groups) this.putGroup(row)
    for (const row of rows.credentials) this.putCredential(row)
  }

  putMember({ id, email, externalId }: KnownMember): void {
    this.remove(id)
    this.byEmail.set(email, id)
    this.keys.set(id, [email])
    this.enter(id, 'user', externalId)
  }

  /** The address of a member; undefined for whoever has none. */
  emailOf(memberId: string): string | undefined {
    const [email] = this.keys.get(memberId) ?? []
    return email !== undefined && this.byEmail.get(email) === memberId ? email : undefined
  }

  putServiceAccount({ id, externalId }: KnownServiceAccount): void {
    this.remove(id)
    this.enter(id, 'service_account', externalId)
  }

  putGroup({ id, externalId, resourceId, isAdmin }: KnownGroup): void {
    this.remove(id)
    this.enter(id, 'group', externalId)
    if (typeof resourceId === 'string') this.homes.set(id, resourceId)
    if (isAdmin) this.locked.add(id)
  }

  /** The resource a group belongs to; null: the organization. */
  homeOf(groupId: string): string | null {
    return this.homes.get(groupId) ?? null
  }

  isLockedGroup(groupId: string): boolean {
    return this.locked.has(groupId)
  }

  /** Each change of a credential brings a new object, so that what was found out about the old one does not count for it. */
  putCredential(credential: KnownCredential): void {
    this.removeCredential(credential.id)
    this.credentials.set(credential.id, credential)
    if (credential.publicId !== null) this.byPublicId.set(credential.publicId, credential)
  }

  removeCredential(id: string): void {
    const known = this.credentials.get(id)
    if (known && known.publicId !== null) this.byPublicId.delete(known.publicId)
    this.credentials.delete(id)
  }

  /** A credential by its id. */
  credential(id: string): KnownCredential | undefined {
    return this.credentials.get(id)
  }

  /** A credential by the public part of its secret. */
  credentialByPublicId(publicId: string): KnownCredential | undefined {
    return this.byPublicId.get(publicId)
  }

  allCredentials(): IterableIterator<KnownCredential> {
    return this.credentials.values()
  }

  putResource({ id, type, externalId, attributes }: KnownResource): void {
    this.remove(id)
    this.enter(id, type, externalId)
    if (Object.keys(attributes).length > 0) this.attributes.set(id, attributes)
  }

  remove(id: string): void {
    for (const key of this.keys.get(id) ?? []) {
      if (this.byExternalId.get(key) === id) this.byExternalId.delete(key)
      if (this.byEmail.get(key) === id) this.byEmail.delete(key)
    }
    this.keys.delete(id)
    this.attributes.delete(id)
    this.homes.delete(id)
    this.locked.delete(id)
  }

  private enter(id: string, type: string, externalId: string | null): void {
    if (externalId === null) return
    const key = keyOf(type, externalId)
    this.byExternalId.set(key, id)
    this.keys.set(id, [...(this.keys.get(id) ?? []), key])
  }

  /** The membership of an account, by its address. */
  memberByEmail(email: string): string | undefined {
    return this.byEmail.get(email)
  }

  /** The id of a thing of this type by its external id, for users then by address. */
  find(type: string, given: string): string | undefined {
    return this.byExternalId.get(keyOf(type, given)) ?? (type === 'user' ? this.byEmail.get(given.toLowerCase()) : undefined)
  }

  /** What the platform calls a thing of ours; null when it has no name of its own. */
  externalIdOf(id: string): string | null {
    const key = this.keys.get(id)?.find((each) => each.includes('\n'))
    return key === undefined ? null : key.slice(key.indexOf('\n') + 1)
  }

  /** Stored attributes (labels) of a resource. */
  attributesOf(id: string): Readonly<Record<string, unknown>> {
    return this.attributes.get(id) ?? NONE
  }
}
