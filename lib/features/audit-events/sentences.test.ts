import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { declaredAccountOperations } from '@/lib/boundary/account-operation'
import { declaredOperations } from '@/lib/boundary/operation'
import { declaredPublicOperations } from '@/lib/boundary/public-operation'
import { projectRoot } from '@/lib/database/project-root'
import { diffOf } from './diff'
import { isKnownEvent, PHRASES } from './phrases'
import { eventChoices, eventsTitled, predicateOf, sentenceOf, titleOf, type Told } from './sentences'

const told = (parts: Partial<Told>): Told => ({
  event: 'member.suspend', outcome: 'success', actor: { type: 'user', name: 'ops@acme.test' },
  targets: [{ type: 'user', id: 'usr_1', name: 'release@acme.test' }], before: null, after: null, detail: null, ...parts,
})

test.each<[Partial<Told>, string]>([
  [{}, 'ops@acme.test suspended release@acme.test'],
  [{ outcome: 'denied', targets: [], detail: { missing: { permission: 'member:write', scope: 'org_1' } } }, 'ops@acme.test was not permitted to suspend a user: member:write is missing'],
  [{ outcome: 'failed', targets: [], detail: { code: 'last-administrator', message: 'the last administrator stays' } }, 'ops@acme.test could not suspend a user: the last administrator stays'],
  [{ event: 'session.open', outcome: 'failed', detail: { method: 'password', code: 'wrong-password' } }, 'ops@acme.test could not sign in with password: wrong password'],
  [{ event: 'session.open', detail: {} }, 'ops@acme.test signed in'],
  [{ event: 'organization.rename', before: { name: 'Acme' }, after: { name: 'Acme Inc.' } }, 'ops@acme.test renamed the organization from Acme to Acme Inc.'],
  [{ event: 'organization.rename' }, 'ops@acme.test renamed the organization'],
  [{ event: 'invitation.revoke', targets: [{ type: 'invitation', id: 'inv_1', name: 'm@acme.test' }] }, 'ops@acme.test revoked the invitation of m@acme.test'],
  [{ actor: { type: 'command', name: 'local command' } }, 'The local command suspended release@acme.test'],
  [{ actor: { type: 'api_key', name: 'ops@acme.test' } }, 'ops@acme.test by API key suspended release@acme.test'],
  [{ targets: ['a', 'b', 'c', 'd', 'e'].map((name) => ({ type: 'user', id: name, name })) }, 'ops@acme.test suspended a, b, c and 2 more'],
  [{ targets: ['a', 'b'].map((id) => ({ type: 'user', id, name: '' })) }, 'ops@acme.test suspended a and b'],
  [{ event: 'group.add-member' }, 'ops@acme.test did “add member group”'],
])('tells %j', (parts, sentence) => {
  expect(sentenceOf(told(parts))).toBe(sentence)
})

test('what stands out is names and values', () => {
  expect(predicateOf(told({ event: 'organization.rename', after: { name: 'B' } }))).toEqual([
    { text: 'renamed the organization', strong: false }, { text: ' to ', strong: false }, { text: 'B', strong: true },
  ])
})

test('every event that anything declares has a sentence', async () => {
  const features = join(projectRoot(), 'lib', 'features')
  const files = readdirSync(features, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts') && !/\.test\.ts$|(^|\/)(actions|[a-z-]+-actions)\.ts$/.test(file))
  for (const file of files) await import(join(features, file))
  const declared = [...declaredOperations().map(({ event }) => event), ...declaredAccountOperations(), ...declaredPublicOperations().map(({ event }) => event)]
  expect(declared.length).toBeGreaterThan(15)
  expect(declared.filter((event) => !isKnownEvent(event))).toEqual([])
})

test('titles differ, begin with a capital and can be searched', () => {
  for (const { event, title } of eventChoices()) expect([event, title]).toEqual([event, expect.stringMatching(/^[A-Z][^.!]+$/)])
  expect(eventChoices()).toHaveLength(Object.keys(PHRASES).length)
  expect(eventsTitled('suspend user')).toEqual(['member.suspend'])
  expect(titleOf('role.create')).toBe('Create role')
})

const SECRET = `gh_key_abc123_${'x1'.repeat(20)}`

test('secrets never appear in sentences or differences, wherever they came in', () => {
  const facts = { name: SECRET, email: SECRET, roles: [SECRET], method: SECRET, format: SECRET, state: SECRET, message: `no key ${SECRET}`, code: SECRET, ended: SECRET, password: 'hunter2-hunter2', clientSecret: 'abc' }
  for (const event of Object.keys(PHRASES)) {
    for (const outcome of ['success', 'denied', 'failed']) {
      const sentence = sentenceOf(told({ event, outcome, before: facts, after: facts, detail: facts, targets: ['user', 'api_key', 'organization'].map((type) => ({ type, id: 'x', name: SECRET })) }))
      expect(sentence).not.toMatch(/x1x1|hunter2/)
    }
  }
  const shown = JSON.stringify(diffOf({ ...facts, nested: { passwordHash: '$argon2id$v=19$m=1' } }, { ...facts, token: 'abc' }))
  expect(shown).not.toMatch(/x1x1|hunter2|argon2|"abc"/)
  expect(shown).toContain('••••')
})

test('a difference tells each field, what changed first', () => {
  expect(diffOf({ status: 'active', roles: ['viewer'], owner: { email: 'a@b.test', isBot: false }, gone: 1 }, { status: 'active', roles: ['viewer', 'auditor'], owner: { email: 'c@b.test', isBot: false }, expiresAt: null })).toEqual([
    { field: 'Roles', before: 'viewer', after: 'viewer, auditor', change: 'changed' },
    { field: 'Owner · Email', before: 'a@b.test', after: 'c@b.test', change: 'changed' },
    { field: 'Gone', before: '1', after: null, change: 'removed' },
    { field: 'Expires at', before: null, after: '–', change: 'added' },
    { field: 'Status', before: 'active', after: 'active', change: 'same' },
    { field: 'Owner · Is bot', before: 'no', after: 'no', change: 'same' },
  ])
  expect(diffOf(null, null)).toEqual([])
})
