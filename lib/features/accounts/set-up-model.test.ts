import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { performPublic } from '@/lib/boundary/public-operation'
import { db } from '@/lib/db'
import { ensureSetUpLink } from '@/lib/seed/set-up-link'
import { testDatabase } from '@/lib/testing/database'
import { tokenOf } from '@/lib/testing/people'
import { setUp } from './set-up'

testDatabase()

const input = { organization: 'Northwind', slug: 'northwind', name: 'Robin Reader', email: 'robin@example.test', password: 'seven green bottles hanging' }
const run = (token: string, more = {}) => performPublic(setUp, { ...input, ...more, token })

test('a model of one’s own is told its faults by line, and then makes the organization', async () => {
  const token = tokenOf((await ensureSetUpLink()) ?? '')
  await expect(run(token, { accessModel: 'custom', modelText: '{ "name": 3 }' })).rejects.toMatchObject({ extras: { fields: expect.arrayContaining([expect.objectContaining({ path: 'modelText', message: expect.stringMatching(/^line 1, column/) })]) } })
  expect(await db().organization.count()).toBe(0)
  const modelText = readFileSync('lib/access/models/testdata/document-store.json', 'utf8')
  await run(token, { accessModel: 'custom', modelText })
  const { id, accessModel } = await db().organization.findFirstOrThrow()
  expect([accessModel, (await db().accessModelVersion.findFirstOrThrow({ where: { organizationId: id } })).text]).toEqual(['custom', modelText])
})
