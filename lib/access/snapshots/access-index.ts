import type { Client } from 'pg'
import type { AllowlistIndex } from '@/lib/access/allowlist/allowlist-index'
import { applyChanges, buildSnapshot } from '@/lib/access/engine/changes'
import type { Change } from '@/lib/access/engine/rows'
import type { Snapshot } from '@/lib/access/engine/snapshot'
import type { AccessModel } from '@/lib/access/models/access-model'
import { PolicyIndex } from '@/lib/access/policy-index'
import { followedOf, readChanges, type Followed } from './changes-from-database'
import { Directory } from './directory'
import { readAllowlist, readRows } from './rows-from-database'

/** Everything decisions of one organization need, in memory: who holds what where, how things are found, the policies. */
export type AccessIndex = {
  organizationId: string
  model: AccessModel
  snapshot: Snapshot
  directory: Directory
  /** The policies of groups and the guardrails, compiled. */
  policies: PolicyIndex
  /** From where the organization may be reached. */
  allowlist: AllowlistIndex
}

/** Reads an organization's index whole. Null when there is no such organization. */
export async function loadIndex(client: Client, organizationId: string): Promise<AccessIndex | null> {
  const loaded = await readRows(client, organizationId)
  if (loaded === null) return null
  const { model, rows, policies, allowlist } = loaded
  const snapshot = buildSnapshot(model, rows)
  return { organizationId, model, snapshot, directory: new Directory(rows), policies: new PolicyIndex(model, organizationId, snapshot.principals.ids, policies), allowlist }
}

function follow(index: AccessIndex, followed: Exclude<Followed, { about: 'reload' }>): Change[] {
  const { directory, policies, allowlist } = index
  switch (followed.about) {
    case 'policy':
      if (followed.text === null) policies.remove(followed.ownerId)
      else policies.put(followed.ownerId, followed.text)
      return []
    case 'member':
      if (followed.isGone) directory.remove(followed.row.id)
      else directory.putMember(followed.row)
      return [followed.change]
    case 'resource':
      if (followed.isGone) directory.remove(followed.row.id)
      else directory.putResource(followed.row)
      return [followed.change]
    case 'service-account':
      if (followed.isGone) directory.remove(followed.row.id)
      else directory.putServiceAccount(followed.row)
      return [followed.change]
    case 'group':
      if (followed.isGone) directory.remove(followed.row.id)
      else directory.putGroup(followed.row)
      return [followed.change]
    case 'credential':
      if (followed.isGone) directory.removeCredential(followed.row.id)
      else directory.putCredential(followed.row)
      return followed.changes
    case 'allowlist':
      allowlist.set(followed.settings)
      return []
    case 'allowlist-entry':
      if (followed.isGone) allowlist.remove(followed.row.id)
      else allowlist.put(followed.row)
      return []
    case 'allowlist-anew':
      return []
    case 'index':
      return [followed.change]
  }
}

/**
 * Brings an index to the organization's version of now by the changes since.
 *
 * @returns the same index, in place; a new one when it had to be read anew; null when the organization is gone
 */
export async function refreshIndex(client: Client, index: AccessIndex): Promise<AccessIndex | null> {
  const news = await readChanges(client, index.organizationId, index.snapshot.version)
  if (news === null) return loadIndex(client, index.organizationId)
  const followed = news.changes.map(followedOf)
  const isReload = (each: Followed): each is { about: 'reload' } => each.about === 'reload'
  if (followed.some(isReload)) return loadIndex(client, index.organizationId)
  // What is read here may be newer than the changes before it; following those leads to the same.
  if (followed.some(({ about }) => about === 'allowlist-anew')) index.allowlist = await readAllowlist(client, index.organizationId)
  const changes = followed.flatMap((each) => (isReload(each) ? [] : follow(index, each)))
  applyChanges(index.snapshot, changes, news.version)
  return index
}
