import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { accessModels } from '@/lib/access/models/catalogue'
import { db } from '@/lib/db'
import { testApi } from '@/lib/testing/api'
import { jsonOf, localCommand } from '@/lib/testing/command'
import { testDatabase } from '@/lib/testing/database'
import { startDecisions } from '@/lib/testing/decisions'

const database = testDatabase()
const gatehouse = localCommand(() => database.url)
const folder = mkdtempSync(join(tmpdir(), 'gatehouse-models-'))
const EXAMPLE = 'lib/access/models/testdata/document-store.json'
afterAll(() => rmSync(folder, { recursive: true }))

test.each(Object.keys(accessModels))('`org create --model %s`', async (model) => {
  const made = jsonOf(await gatehouse(`org create --name A --slug by-command-${model} --model ${model} --admin-email boss@example.test --json`))
  const whoami = await testApi()('GET /whoami', { key: { secret: String(made['apiKey']) } })
  expect(whoami.body).toMatchObject({ organization: { slug: `by-command-${model}`, model } })
}, 60_000)

test('`org create --model-file`: the document store, decided over /access/v1 and shown over the API', async () => {
  const made = jsonOf(await gatehouse(`org create --name Documents --slug documents --model-file ${EXAMPLE} --admin-email boss@documents.test --json`))
  const key = { secret: String(made['apiKey']) }
  const api = testApi()
  expect((await api('GET /whoami', { key })).body).toMatchObject({ organization: { model: 'custom' } })
  expect((await api('GET /access-model', { key })).body).toMatchObject({ name: 'custom', title: 'Document store', isCustom: true, current: { version: 1, savedBy: 'local command', text: readFileSync(EXAMPLE, 'utf8') } })
  const decisions = await startDecisions()
  const ask = async (action: string, type: string) => {
    const { status, body } = await decisions.ask('/access/v1/evaluation', { key, body: { subject: { type: 'user', id: 'boss@documents.test' }, action: { name: action }, resource: { type, id: 'contract-7', properties: { parent: { type: 'organization', id: String(Object(made['organization'])['id']) } } } } })
    return [status, body]
  }
  expect(await ask('record:delete', 'record')).toEqual([200, { decision: true }])
  expect(await ask('users:edit', 'user-directory')).toEqual([200, { decision: true }])
  expect(await ask('record:delete', 'user-directory')).toEqual([200, { decision: false }])
  expect(await ask('record:fly', 'record')).toEqual([200, { decision: false }])
  await decisions.close()
}, 60_000)

test('a file with faults: exit code 1, every fault with its line and column, nothing made', async () => {
  const path = join(folder, 'broken.json')
  writeFileSync(path, '{\n  "title": "T",\n  "resourceTypes": [],\n  "permissions": [{ "name": "a", "appliesTo": ["x"] }],\n  "roles": [{ "name": "r", "permissions": ["b"] }]\n}\n')
  const said = await gatehouse(`org create --name A --slug broken --model-file ${path} --admin-email boss@example.test`)
  expect([said.code, said.out]).toEqual([1, ''])
  expect(said.err).toContain('line 4, column 48: unknown resource type `x` (/permissions/0/appliesTo/0)')
  expect(said.err).toContain('line 5, column 44: unknown permission `b` (/roles/0/permissions/0)')
  const missing = await gatehouse(`org create --name A --slug broken --model-file ${join(folder, 'none.json')} --admin-email boss@example.test`)
  expect([missing.code, missing.err]).toEqual([1, expect.stringContaining('none.json` cannot be read')])
  expect(await db().organization.count({ where: { slug: 'broken' } })).toBe(0)
}, 60_000)

test.each([
  ['--model astra --model-file x.json', '--model astra takes no --model-file', 2], ['--model custom', '--model custom needs --model-file', 2], ['--model none', 'Choose one of the listed access models', 1],
])('`org create %s`', async (options, reason, code) => {
  const said = await gatehouse(`org create --name A --slug wrong ${options} --admin-email boss@example.test`)
  expect([said.code, said.out, said.err]).toEqual([code, '', expect.stringContaining(reason)])
}, 60_000)
