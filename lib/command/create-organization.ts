import { text } from 'node:stream/consumers'
import { z } from 'zod'
import { enter, requirePermission } from '@/lib/access/enter'
import { isModelName } from '@/lib/access/models/catalogue'
import { commandActor } from '@/lib/access/principals/actor'
import { auditActorOf, writeAudit } from '@/lib/boundary/audit'
import { asAppError, parseInput } from '@/lib/boundary/perform'
import { now } from '@/lib/clock'
import { db, transaction, type Tx } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { issueApiKey } from '@/lib/features/api-keys/operations'
import { insertFounder, insertOrganization } from '@/lib/features/organizations/insert'
import { Email, OrganizationName, Slug } from '@/lib/features/organizations/schema'
import { newId } from '@/lib/ids'
import { hashPassword, passwordMatches, passwordProblem } from '@/lib/passwords'
import { randomBase62 } from '@/lib/secrets'
import type { Command, CommandAnswer } from './command'

const DAY_MS = 24 * 3600_000
const PASSWORD_LENGTH = 20

const Input = z.strictObject({
  name: OrganizationName,
  slug: Slug,
  model: z.string().refine(isModelName, 'There is no such access model'),
  adminEmail: Email,
})

type Person = { id: string; email: string }

/** The administrator's account. Somebody who has one keeps their password, which is then not told. */
type Administrator = { account: Person | null; email: string; password: string | null; passwordHash: string | null }

async function findAdministrator(email: string, given: string | undefined): Promise<Administrator> {
  const known = await db().account.findUnique({ where: { email }, select: { id: true, email: true, passwordHash: true } })
  if (known) {
    if (given !== undefined && !(await passwordMatches(known.passwordHash, given))) {
      throw new AppError('conflict', `\`${email}\` has an account with another password already; leave out --password-stdin`)
    }
    return { account: { id: known.id, email }, email, password: given ?? null, passwordHash: null }
  }
  const problem = given === undefined ? null : passwordProblem(given, email)
  if (problem) throw new AppError('invalid-input', `password: ${problem}`)
  const password = given ?? randomBase62(PASSWORD_LENGTH)
  return { account: null, email, password, passwordHash: await hashPassword(password) }
}

/** Whoever runs this on the server vouches for the address, so it counts as confirmed. */
async function insertAccount(tx: Tx, { email, passwordHash }: Administrator, at: Date): Promise<Person> {
  const account = { id: newId('account'), email }
  await tx.account.create({ data: { ...account, passwordHash, emailVerifiedAt: at, createdAt: at } })
  return account
}

async function found(tx: Tx, input: z.output<typeof Input>, administrator: Administrator, expiresAt: Date) {
  const account = administrator.account ?? (await insertAccount(tx, administrator, now()))
  const organization = await insertOrganization(tx, { name: input.name, slug: input.slug, accessModel: input.model })
  const memberId = await insertFounder(tx, organization, account)
  const ctx = requirePermission(await enter(tx, commandActor, organization.id), 'key:others')
  const { value: key, ...issued } = await issueApiKey.run(ctx, { email: account.email, name: 'first key, from the local command', expiresAt })
  const row = { organizationId: organization.id, outcome: 'success' as const, actor: auditActorOf(ctx) }
  const { id, name, slug } = organization
  await writeAudit(tx, [
    { ...row, event: 'organization.create', targets: [{ type: 'organization', id, name }], after: { name, slug, accessModel: input.model, ownerEmail: account.email } },
    ...('events' in issued ? issued.events : [issued]).map((entry) => ({ ...row, ...entry, event: issueApiKey.event })),
  ])
  return { organization: { id, slug }, admin: { id: memberId, email: account.email, password: administrator.password }, apiKey: key.secret }
}

/** `org create`: organization, administrator and first key, all or nothing. */
export const createOrganization: Command = (args) => {
  args.allow('name', 'slug', 'model', 'admin-email', 'password-stdin', 'key-days')
  const input = parseInput(Input, {
    name: args.required('name'), slug: args.required('slug'), model: args.optional('model') ?? 'standard', adminEmail: args.required('admin-email'),
  })
  const days = args.days('key-days') ?? 1
  const readsPassword = args.flag('password-stdin')
  return () => create(input, days, readsPassword)
}

async function create(input: z.output<typeof Input>, days: number, readsPassword: boolean): Promise<CommandAnswer> {
  const given = readsPassword ? (await text(process.stdin)).replace(/\r?\n$/, '') : undefined
  const administrator = await findAdministrator(input.adminEmail, given)
  const expiresAt = new Date(now().getTime() + days * DAY_MS)
  const made = await transaction((tx) => found(tx, input, administrator, expiresAt)).catch((error: unknown) => {
    throw asAppError(error)
  })
  return {
    json: made,
    lines: [
      `Organization ${input.name} (${made.organization.slug}, ${made.organization.id}) is made.`,
      `Administrator: ${made.admin.email}, ${made.admin.password === null ? 'who has an account and keeps its password' : given === undefined ? `password ${made.admin.password}` : 'with the password given'}`,
      `API key, until ${expiresAt.toISOString()}: ${made.apiKey}`,
    ],
  }
}
