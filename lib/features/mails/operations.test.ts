import { afterEach, expect, test, vi } from 'vitest'
import { perform, read } from '@/lib/boundary/perform'
import { db } from '@/lib/db'
import { forgetEnv } from '@/lib/env'
import { copyInvitationLink, createInvitations, revokeInvitation } from '@/lib/features/invitations/operations'
import { mailPasswordReset } from '@/lib/features/accounts/password-reset'
import { testDatabase } from '@/lib/testing/database'
import { makeMember, makeOrganization, type TestOrganization } from '@/lib/testing/factories'
import { readMail, retryMail } from './operations'
import { listMails } from './queries'
import { MailFilter } from './schema'

testDatabase()
afterEach(() => {
  vi.unstubAllEnvs()
  forgetEnv()
})

const outbox = (organization: TestOrganization, filter: object = {}, page: object = {}) =>
  read(organization.admin.actor, organization.slug, 'member:write', (ctx) => listMails(ctx, MailFilter.parse(filter), { limit: 50, ...page }))

const invite = (organization: TestOrganization, emails: string, roles: object[] = []) => perform(createInvitations, organization.admin.actor, organization.slug, { emails, roles })

test('kept mails are listed newest first, found by recipient, and turned over page by page', async () => {
  const organization = await makeOrganization()
  await invite(organization, 'one@outbox.test')
  await invite(organization, 'two@outbox.test')
  await invite(organization, 'three@outbox.test')
  const recipients = async (filter: object, page: object = {}) => (await outbox(organization, filter, page)).rows.map(({ recipient }) => recipient)
  expect(await recipients({})).toEqual(['three@outbox.test', 'two@outbox.test', 'one@outbox.test'])
  expect(await recipients({ q: 'TWO' })).toEqual(['two@outbox.test'])
  expect(await recipients({ q: 'o_e' })).toEqual([])
  expect(await recipients({ state: ['sent', 'queued'] })).toEqual([])
  const first = await outbox(organization, { state: ['kept'] }, { limit: 2 })
  const second = await outbox(organization, { state: ['kept'] }, { limit: 2, after: first.nextCursor })
  expect([second.rows.map(({ recipient }) => recipient), second.nextCursor]).toEqual([['one@outbox.test'], null])
  const back = await outbox(organization, { state: ['kept'] }, { limit: 2, before: second.previousCursor })
  expect(back.rows).toEqual(first.rows)
})

test('an invitation is read with its link, by those who could have given its roles, and the log tells', async () => {
  const organization = await makeOrganization()
  const { results } = await invite(organization, 'reader@outbox.test', [{ role: 'administrator' }])
  const [mail] = (await outbox(organization)).rows
  const letter = await perform(readMail, organization.admin.actor, organization.slug, { id: mail?.id ?? '' })
  const { link } = await perform(copyInvitationLink, organization.admin.actor, organization.slug, { id: results[0]?.id ?? '' })
  expect([letter.subject, letter.link, letter.text.includes(link)]).toEqual([`Join ${organization.name} on Gatehouse`, link, true])
  expect(await db().auditEvent.count({ where: { organizationId: organization.id, event: 'mail.read' } })).toBe(1)
  const manager = await makeMember(organization, ['member:write', 'assignment:write'])
  await expect(perform(readMail, manager.actor, organization.slug, { id: mail?.id ?? '' })).rejects.toMatchObject({ code: 'forbidden' })
  await perform(revokeInvitation, organization.admin.actor, organization.slug, { id: results[0]?.id ?? '' })
  await expect(perform(readMail, organization.admin.actor, organization.slug, { id: mail?.id ?? '' })).rejects.toMatchObject({ code: 'link-invalid' })
})

test('a person’s own mail and another organization’s are in no outbox', async () => {
  const [organization, other] = [await makeOrganization(), await makeOrganization()]
  await mailPasswordReset(db(), { id: organization.admin.accountId, email: organization.admin.email })
  await invite(other, 'theirs@outbox.test')
  expect((await outbox(organization)).rows).toEqual([])
  const [theirs] = (await outbox(other)).rows
  for (const operation of [readMail, retryMail]) {
    await expect(perform(operation, organization.admin.actor, organization.slug, { id: theirs?.id ?? '' })).rejects.toMatchObject({ code: 'not-found' })
  }
})

test('a kept mail is sent once there is a server; a sent one is not sent again', async () => {
  const organization = await makeOrganization()
  await invite(organization, 'later@outbox.test')
  const [mail] = (await outbox(organization)).rows
  const retry = () => perform(retryMail, organization.admin.actor, organization.slug, { id: mail?.id ?? '' })
  await expect(retry()).rejects.toMatchObject({ code: 'conflict' })
  vi.stubEnv('SMTP_URL', 'smtp://127.0.0.1:1')
  forgetEnv()
  await retry()
  expect((await outbox(organization)).rows.map(({ state }) => state)).toEqual(['queued'])
  await db().mail.update({ where: { id: mail?.id ?? '' }, data: { attempts: 2 } })
  expect((await outbox(organization, { state: ['failing'] })).rows).toHaveLength(1)
  await db().mail.update({ where: { id: mail?.id ?? '' }, data: { status: 'sent', lastError: null } })
  await expect(retry()).rejects.toMatchObject({ code: 'conflict' })
  await db().mail.update({ where: { id: mail?.id ?? '' }, data: { lastError: 'handed to the mail server, which has not answered yet' } })
  expect((await outbox(organization, { state: ['sent'] })).rows).toEqual([])
  expect((await outbox(organization, { state: ['unanswered'] })).rows.map(({ state }) => state)).toEqual(['unanswered'])
  await retry()
  expect((await outbox(organization)).rows.map(({ state }) => state)).toEqual(['failing'])
})
