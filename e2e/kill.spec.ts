import { expect, test } from '@playwright/test'
import { mailsIn } from './mail-server'
import { makeInstallation } from './private-installation'

type Sent = { email: string; status: string }

const isSent = (value: unknown): value is Sent => typeof value === 'object' && value !== null && 'email' in value && 'status' in value

/** Invites a batch; null when the connection broke before an answer came. */
async function invite(url: string, secret: string, emails: string[]): Promise<Sent[] | null> {
  try {
    const answer = await fetch(`${url}/api/v1/invitations`, {
      method: 'POST', headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' }, body: JSON.stringify({ emails }),
    })
    const body: unknown = await answer.json()
    const data: unknown = typeof body === 'object' && body !== null && 'data' in body ? body.data : null
    return answer.ok && Array.isArray(data) ? data.filter(isSent) : null
  } catch {
    return null
  }
}

async function listInvited(url: string, secret: string): Promise<string[]> {
  const found: string[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const answer = await fetch(`${url}/api/v1/invitations?limit=200${cursor ? `&cursor=${cursor}` : ''}`, { headers: { authorization: `Bearer ${secret}` } })
    const page = (await answer.json()) as { data: { email: string }[]; nextCursor: string | null }
    found.push(...page.data.map(({ email }) => email))
    cursor = page.nextCursor
  }
  return found
}

type Listed = { recipient: string; lastError: string | null }

function listedIn({ data }: Record<string, unknown>): Listed[] {
  const isListed = (value: unknown): value is Listed => typeof value === 'object' && value !== null && 'recipient' in value && 'lastError' in value
  return Array.isArray(data) ? data.filter(isListed) : []
}

test('a kill in the middle of a bulk invite loses nothing acknowledged and sends no mail twice', async () => {
  test.setTimeout(420_000)
  const installation = await makeInstallation()
  try {
    let gatehouse = await installation.start()
    const key = await installation.command('api-key', 'create', '--org', 'acme', '--email', 'admin@acme.test', '--name', 'bulk')
    const secret = String(key['secret'])
    const batches = Array.from({ length: 12 }, (_, batch) => Array.from({ length: 15 }, (_unused, n) => `person-${batch}-${n}@example.test`))
    const acknowledged: string[] = []
    let isKilled: Promise<void> | undefined
    for (const emails of batches) {
      const answers = await invite(gatehouse.url, secret, emails)
      if (answers) acknowledged.push(...answers.filter(({ status }) => status === 'invited').map(({ email }) => email))
      // The fifth batch is acknowledged and the sixth on its way, while mails go out.
      if (acknowledged.length >= 75 && !isKilled) isKilled = gatehouse.kill()
      if (answers === null) break
    }
    await isKilled
    expect(acknowledged.length).toBeGreaterThanOrEqual(75)

    gatehouse = await installation.start()
    const invited = await listInvited(gatehouse.url, secret)
    expect(acknowledged.filter((email) => !invited.includes(email)), 'acknowledged, but not there').toEqual([])
    const outbox = async (...words: string[]) => listedIn(await installation.command('outbox', 'list', ...words))
    await expect.poll(async () => (await outbox()).length, { timeout: 180_000, intervals: [1000, 3000], message: 'mails that wait' }).toBe(0)
    const recipients = mailsIn(installation.mails).flatMap((mail) => mail.recipients)
    expect(recipients.filter((email, at) => recipients.indexOf(email) !== at), 'got a mail twice').toEqual([])
    // Of the one that was being handed over at the kill nobody can know: it is not sent again, and the outbox says so.
    const inDoubt = (await outbox('--all')).filter(({ lastError }) => lastError?.startsWith('handed to the mail server')).map(({ recipient }) => recipient)
    expect(inDoubt.length).toBeLessThanOrEqual(1)
    expect(invited.filter((email) => !recipients.includes(email) && !inDoubt.includes(email)), 'got no mail').toEqual([])
    await gatehouse.stop()
  } finally {
    await installation.remove()
  }
})
