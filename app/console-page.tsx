import { forbidden, notFound, redirect } from 'next/navigation'
import type { ReactNode } from 'react'
import type { Ctx } from '@/lib/access/context'
import { asMember } from '@/lib/access/enter'
import type { CorePermission } from '@/lib/access/permissions'
import { isBreakGlass } from '@/lib/access/way-in'
import { enteredPage, readAs, readAsMember } from '@/lib/boundary/page'
import { isAppError, type AppError } from '@/lib/errors'
import { explainRefusal } from '@/lib/features/explanations/refusals'
import { requestFacts } from '@/lib/request'

type Params = Record<string, string | string[] | undefined>
export type SearchParams = Readonly<Params>
type NextProps = { params: Promise<Params>; searchParams: Promise<Params> }

export type ConsolePageArguments<P extends CorePermission> = { ctx: Ctx<P>; org: string; params: Readonly<Record<string, string>>; searchParams: SearchParams }

const textParams = (params: Params): Record<string, string> =>
  Object.fromEntries(Object.entries(params).flatMap(([key, value]) => (typeof value === 'string' ? [[key, decodeURIComponent(value)]] : [])))

/** Where a person goes who may not stay: to sign in, with a way back. */
function toSignIn(error: AppError, org: string): never {
  if (error.extras.reason !== undefined) redirect(`/sign-in?reason=${error.extras.reason}&next=${encodeURIComponent(`/${org}`)}`)
  const reason = error.message.includes('suspended') ? 'suspended' : 'session-ended'
  redirect(requestFacts().session ? `/organizations?reason=${reason}` : `/sign-in?reason=${reason}`)
}

/** Whether the session opens the SSO settings only; the page that tells of a refusal says so. */
function isNarrowed(): boolean {
  const { session } = requestFacts()
  return session !== null && isBreakGlass(session)
}

/** Who has a second factor shows it; who has none sets one up. Both come back. */
function toSecondFactor(org: string): never {
  const next = encodeURIComponent(`/${org}`)
  redirect(requestFacts().session?.hasSecondFactor ? `/confirm?reason=second-factor&next=${next}` : `/security?next=${next}`)
}

/** Turns a refusal into what the browser gets: sign-in, 404, or 403 with what is missing. */
export async function refuse(error: unknown, org: string): Promise<never> {
  if (!isAppError(error)) throw error
  if (error.code === 'unauthenticated') toSignIn(error, org)
  if (error.code === 'second-factor-required') toSecondFactor(org)
  if (error.code === 'not-found') notFound()
  if (error.code === 'address-not-allowed') {
    requestFacts().refusedAddress = error.message
    forbidden()
  }
  if (error.code === 'sso-required' || error.code === 'session-elsewhere') redirect(`/sign-in/${org}`)
  const { missing } = error.extras
  if (error.code === 'forbidden' && isNarrowed()) forbidden()
  if (error.code !== 'forbidden' || missing === undefined) throw error
  const entered = await enteredPage(org)
  const { permission, title, description, scope, grantors, near, roles, explainPath } = await explainRefusal(asMember(entered), missing)
  entered.request.refused = {
    permission, title, description, grantors, roles, scope: scope.name ?? scope.id, explainHref: explainPath,
    near: near.map((each) => `“${each.role}” on ${each.scope.name}${each.via === null ? '' : `, through ${each.via},`} ${each.words}.`),
  }
  forbidden()
}

/** Lets the page that tells of a refusal wait for it. */
export function noteVerdict<T>(work: Promise<T>): Promise<T> {
  requestFacts().verdict ??= work.catch(() => undefined)
  return work
}

/**
 * A page of the console: enters the organization of the address with a permission and renders.
 * Without the permission it says which is missing and who can give it; for strangers the page does not exist.
 */
export function consolePage<P extends CorePermission>(permission: P, render: (page: ConsolePageArguments<P>) => Promise<ReactNode>) {
  return async function ConsolePage({ params, searchParams }: NextProps): Promise<ReactNode> {
    const { org = '', ...rest } = textParams(await params)
    const search = await searchParams
    return noteVerdict(readAs(org, permission, (ctx) => render({ ctx, org, params: rest, searchParams: search })).catch((error: unknown) => refuse(error, org)))
  }
}

/** A page of what is one's own: membership suffices. */
export function memberPage(render: (page: ConsolePageArguments<never>) => Promise<ReactNode>) {
  return async function MemberPage({ params, searchParams }: NextProps): Promise<ReactNode> {
    const { org = '', ...rest } = textParams(await params)
    const search = await searchParams
    try {
      return await readAsMember(org, (ctx) => render({ ctx, org, params: rest, searchParams: search }))
    } catch (error) {
      return refuse(error, org)
    }
  }
}
