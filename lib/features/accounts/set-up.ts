import { auditActorOfAccount } from '@/lib/boundary/audit'
import { publicOperation } from '@/lib/boundary/public-operation'
import { db, type Tx } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { chooseModel } from '@/lib/features/access-models/reading'
import { insertFounder, insertOrganization } from '@/lib/features/organizations/insert'
import { newId } from '@/lib/ids'
import { findOneTimeLink, redeemOneTimeLink } from '@/lib/links'
import { hashPassword, passwordProblem } from '@/lib/passwords'
import { FIRST_START_LOCK } from '@/lib/seed/first-start-lock'
import { fieldProblem } from './rules'
import { SetUpInput } from './schema'
import { startSession } from './sign-in'

const isSetUp = async (tx: Tx): Promise<boolean> => (await tx.organization.findFirst({ select: { id: true } })) !== null
const alreadySetUp = () => new AppError('link-invalid', 'this installation is set up already; sign in instead')

/** Whether this set-up link works now. @throws AppError `link-invalid` */
export async function checkSetUpLink(token: string): Promise<void> {
  if (await isSetUp(db())) throw alreadySetUp()
  await findOneTimeLink(db(), 'set-up', token)
}

/**
 * Makes the first account and the first organization by the one-time link, and signs in.
 *
 * @throws AppError `link-invalid` when the link is wrong or an organization exists
 */
export const setUp = publicOperation({
  event: 'organization.create',
  input: SetUpInput,
  limits: (_input, address) => [{ name: 'link-address', by: address }],
  run: async (ctx, input) => {
    await checkSetUpLink(input.token)
    chooseModel(input)
    const problem = passwordProblem(input.password, input.email)
    if (problem) throw fieldProblem('password', problem)
    const passwordHash = await hashPassword(input.password)
    return ctx.write(async (tx) => {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(${FIRST_START_LOCK})`
      if (await isSetUp(tx)) throw alreadySetUp()
      await redeemOneTimeLink(tx, 'set-up', input.token)
      const account = { id: newId('account'), email: input.email }
      await tx.account.create({ data: { ...account, name: input.name, passwordHash, createdAt: ctx.now } })
      const organization = await insertOrganization(tx, { name: input.organization, slug: input.slug, accessModel: input.accessModel, modelText: input.modelText, founder: input.name })
      await insertFounder(tx, organization, account)
      const { value, events } = await startSession(tx, ctx.browser, account, 'password')
      const actor = auditActorOfAccount({ type: 'session', accountId: account.id, email: account.email, name: input.name, sessionId: value.sessionId, method: 'password' })
      const created = {
        organizationId: organization.id, actor, event: 'organization.create', targets: [{ type: 'organization', id: organization.id, name: organization.name }],
        after: { name: organization.name, slug: organization.slug, accessModel: input.accessModel, owner: input.email },
      }
      return { value: { ...value, slug: organization.slug }, events: [created, ...events] }
    })
  },
})
