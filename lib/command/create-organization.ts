import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { z } from 'zod'
import { enter, requirePermission } from '@/lib/access/enter'
import { commandActor } from '@/lib/access/principals/actor'
import { auditActorOf, writeAudit } from '@/lib/boundary/audit'
import { asAppError, parseInput } from '@/lib/boundary/perform'
import { now } from '@/lib/clock'
import { db, transaction, type Tx } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { chooseModel, CUSTOM_MODEL } from '@/lib/features/access-models/reading'
import { issueApiKey } from '@/lib/features/api-keys/operations'
import { insertFounder, insertOrganization } from '@/lib/features/organizations/insert'
import { Email, OrganizationName, Slug } from '@/lib/features/organizations/schema'
import { newId } from '@/lib/ids'
import { hashPassword, passwordMatches, passwordProblem } from '@/lib/passwords'
import { randomBase62 } from '@/lib/secrets'
import type { Command, CommandAnswer } from './command'
import { UsageError } from './usage'

const DAY_MS = 24 * 3600_000
const PASSWORD_LENGTH = 20

const Input = z.strictObject({
  name: OrganizationName,
  slug: Slug,
  model: z.string().max(64),
  adminEmail: Email,
})

type WithModel = z.output<typeof Input> & { modelText: string | undefined }

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

async function found(tx: Tx, input: WithModel, administrator: Administrator, expiresAt: Date) {
  const account = administrator.account ?? (await insertAccount(tx, administrator, now()))
  const organization = await insertOrganization(tx, { name: input.name, slug: input.slug, accessModel: input.model, modelText: input.modelText, founder: 'local command' })
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
  args.allow('name', 'slug', 'model', 'model-file', 'admin-email', 'password-stdin', 'key-days')
  const file = args.optional('model-file')
  const model = args.optional('model')
  if (file !== undefined && model !== undefined && model !== CUSTOM_MODEL) throw new UsageError(`--model ${model} takes no --model-file`)
  const input = parseInput(Input, {
    name: args.required('name'), slug: args.required('slug'), model: model ?? (file === undefined ? 'standard' : CUSTOM_MODEL), adminEmail: args.required('admin-email'),
  })
  if (input.model === CUSTOM_MODEL && file === undefined) throw new UsageError('--model custom needs --model-file')
  const days = args.days('key-days') ?? 1
  const readsPassword = args.flag('password-stdin')
  return async () => create({ ...input, modelText: file === undefined ? undefined : await readModelFile(file) }, days, readsPassword)
}

/** The text of the file, without the mark that some editors put first. @throws AppError `invalid-input` when it cannot be read */
async function readModelFile(path: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).replace(/^\uFEFF/, '')
  } catch (error) {
    throw new AppError('invalid-input', `\`${path}\` cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
}

async function create(input: WithModel, days: number, readsPassword: boolean): Promise<CommandAnswer> {
  chooseModel({ accessModel: input.model, modelText: input.modelText })
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
