import type { ReactNode } from 'react'
import { noteVerdict, refuse } from '@/app/console-page'
import type { Ctx } from '@/lib/access/context'
import type { CorePermission } from '@/lib/access/permissions'
import { readAs } from '@/lib/boundary/page'

type Params = Record<string, string | string[] | undefined>
type GateProps = { children: ReactNode; params: Promise<Params> }

const textOf = (params: Params, name: string): string => {
  const value = params[name]
  return typeof value === 'string' ? decodeURIComponent(value) : ''
}

/**
 * The layout around a page that has a skeleton. A skeleton is sent at once, with status 200; so what may
 * refuse is asked here before, and strangers get their 403 or 404.
 *
 * @param check throws AppError `not-found` when the page's own subject does not exist
 */
export function consoleGate<P extends CorePermission>(permission: P, check?: (ctx: Ctx<P>, param: (name: string) => string) => Promise<unknown>) {
  return async function ConsoleGate({ children, params }: GateProps): Promise<ReactNode> {
    const given = await params
    const org = textOf(given, 'org')
    await noteVerdict(readAs(org, permission, async (ctx) => check?.(ctx, (name) => textOf(given, name))).catch((error: unknown) => refuse(error, org)))
    return children
  }
}
