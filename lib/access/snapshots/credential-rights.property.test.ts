import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { applyChange, buildSnapshot } from '@/lib/access/engine/changes'
import { decide, type Question } from '@/lib/access/engine/decide'
import { searchActions, searchResources } from '@/lib/access/engine/search'
import type { Snapshot } from '@/lib/access/engine/snapshot'
import { AT, changes, organization, question, type RandomOrganization } from '@/lib/access/engine/testing/random-organization'
import { assignmentOfToken, credentialOfKey, credentialOfToken, isCredentialGood, type KnownCredential } from './known-credentials'

vi.setConfig({ testTimeout: 60_000 })

const RUNS = { numRuns: 200, seed: 20_261_126 }
const ADDRESSES = ['192.0.2.7', '198.51.100.7', '2001:db8::7']

const statuses = fc.oneof({ weight: 8, arbitrary: fc.constant('active') }, { weight: 1, arbitrary: fc.constantFrom('suspended', 'revoked') })
const ends = fc.oneof({ weight: 6, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.constantFrom(AT - 1, AT, AT + 1) })

/** Nothing said most of the time, so that enough passes to say something about. */
const mostlyNone = (given: readonly string[]) => fc.oneof({ weight: 2, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.constantFrom(...given) })

const OWNERS = ['u0', 'u1', 'u2', 'u3', 's0']

/** Keys of members and of a service account, with every way to narrow them; some name what is not there. */
const keyOf = ({ roleIds, nodeIds, rows }: RandomOrganization): fc.Arbitrary<KnownCredential> => fc.record({
  // Whoever holds something, more often than not.
  owner: fc.constantFrom(...OWNERS, ...[...rows.assignments].map(({ principalId }) => principalId).filter((id) => OWNERS.includes(id))), status: statuses, expiresAt: ends,
  roleId: mostlyNone(['no-role', ...roleIds]), scopeId: mostlyNone(['nowhere', 'org', ...nodeIds]),
  addresses: fc.oneof(fc.constant([]), fc.subarray(['192.0.2.0/24', '198.51.100.7/32', '2001:db8::/32'])),
}).map(({ owner, ...row }) => credentialOfKey({
  ...row, id: 'k', publicId: 'p', tokensValidFrom: null, membershipId: owner === 's0' ? null : owner, serviceAccountId: owner === 's0' ? owner : null,
}))

/** What a request with the credential is decided to be, from an address at a moment. */
function allows(snapshot: Snapshot, credential: KnownCredential, address: string, asked: Question): boolean {
  if (!isCredentialGood(credential, asked.at) || (credential.addresses !== null && !credential.addresses.has(address))) return false
  const { principalId, narrowing } = credential
  return decide(snapshot, { ...asked, principalId, ...(narrowing && { narrowing }) }).allow
}

const withKey = organization.chain((random) =>
  fc.tuple(fc.constant(random), keyOf(random), fc.array(question(random), { minLength: 10, maxLength: 30 }), changes(random)))

/** Every permission at every resource. */
const everything = ({ nodeIds, permissions }: RandomOrganization): Question[] =>
  nodeIds.flatMap((resourceId) => permissions.map((permission) => ({ principalId: '', permission, resourceId, at: AT })))

/** Questions without a narrowing of their own. */
const plain = ({ narrowing: _, ...asked }: Question): Question => asked

test('a key’s rights are never more than its owner’s of the moment, whatever changes', () => {
  let reached = 0
  fc.assert(fc.property(withKey, ([random, key, , list]) => {
    const snapshot = buildSnapshot(random.model, random.rows)
    const holds = () => {
      for (const asked of everything(random)) for (const address of ADDRESSES) {
        if (!allows(snapshot, key, address, asked)) continue
        reached += 1
        expect(decide(snapshot, { ...asked, principalId: key.principalId }).allow, JSON.stringify({ key, asked })).toBe(true)
      }
    }
    holds()
    for (const change of list.slice(0, 6)) {
      applyChange(snapshot, change)
      holds()
    }
  }), RUNS)
  // Otherwise the property would hold of nothing.
  expect(reached).toBeGreaterThan(1000)
})

test('what a narrowed key finds is among what its owner finds', () => {
  fc.assert(fc.property(withKey, ([random, key, questions]) => {
    const snapshot = buildSnapshot(random.model, random.rows)
    const { principalId, narrowing } = key
    const narrowed = { principalId, at: AT, ...(narrowing && { narrowing }) }
    for (const { permission, resourceId } of questions) {
      const whole = searchActions(snapshot, { principalId, at: AT, resourceId })
      expect(searchActions(snapshot, { ...narrowed, resourceId }).filter((name) => !whole.includes(name))).toEqual([])
      for (const { name: type } of random.model.resourceTypes) {
        const found = (asked: typeof narrowed) => searchResources(snapshot, { ...asked, permission, type }, { limit: 100 }).ids
        const all = found({ principalId, at: AT })
        expect(found(narrowed).filter((id) => !all.includes(id))).toEqual([])
      }
    }
  }), { ...RUNS, numRuns: 100 })
})

test('narrower is never wider: a role and a scope together allow what each allows alone', () => {
  fc.assert(fc.property(withKey, ([random, key, questions]) => {
    const snapshot = buildSnapshot(random.model, random.rows)
    const { narrowing } = key
    if (narrowing?.roleId === undefined || narrowing.scopeId === undefined) return
    for (const asked of questions.map(plain)) {
      if (!allows(snapshot, key, ADDRESSES[0] ?? '', asked)) continue
      expect(allows(snapshot, { ...key, narrowing: { scopeId: narrowing.scopeId } }, ADDRESSES[0] ?? '', asked)).toBe(true)
    }
  }), RUNS)
})

test('an application token has what a service account with its one role would have, and no more', () => {
  const withToken = organization.chain((random) => fc.tuple(
    fc.constant(random), fc.array(question(random), { minLength: 10, maxLength: 30 }),
    fc.record({ roleId: fc.constantFrom(...random.roleIds), scopeId: fc.constantFrom(...random.nodeIds), status: statuses, expiresAt: ends }),
  ))
  fc.assert(fc.property(withToken, ([random, questions, given]) => {
    const row = { ...given, id: 't0', publicId: 'p', tokensValidFrom: null }
    const [token, own] = [credentialOfToken(row), assignmentOfToken(row)]
    const others = [...random.rows.assignments].filter(({ principalId }) => principalId !== 't0' && principalId !== 's0')
    const rows = {
      ...random.rows, groupMembers: [], tokens: [{ id: 't0', status: 'active' }], serviceAccounts: [{ id: 's0', status: 'active' }],
      assignments: [...others, own, { ...own, id: 'same', principalId: 's0' }],
    }
    const snapshot = buildSnapshot(random.model, rows)
    for (const asked of questions.map(plain)) {
      const may = allows(snapshot, token, ADDRESSES[0] ?? '', asked)
      const account = decide(snapshot, { ...asked, principalId: 's0' }).allow
      expect(may).toBe(account && isCredentialGood(token, asked.at))
    }
  }), RUNS)
})
