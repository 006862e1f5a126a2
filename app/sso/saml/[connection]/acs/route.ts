import { receiveSaml } from '@/lib/features/saml-connections/door'
import { requestFacts } from '@/lib/request'
import { answering, connectionOf, seeOther, type Context } from '../../answers'

const FORM = /^application\/x-www-form-urlencoded\b/i

/**
 * Takes what an identity provider has a browser post. It comes from another site, without our cookies: so it opens
 * nothing, but sends the browser on to a GET that carries them.
 */
export function POST(request: Request, context: Context): Promise<Response> {
  return answering(async () => {
    const connection = await connectionOf(context)
    const isForm = FORM.test(request.headers.get('content-type') ?? '')
    const form = new URLSearchParams(isForm ? await request.text() : '')
    const received = await receiveSaml(connection, form.get('SAMLResponse') ?? undefined, form.get('RelayState') ?? undefined)
    const here = `/sso/saml/${connection.id}`
    if (received.kind === 'ticket') return seeOther(`${here}/finish?${new URLSearchParams({ ticket: received.ticket }).toString()}`)
    if (received.kind === 'begin') return seeOther(`${here}/begin${received.next === null ? '' : `?${new URLSearchParams({ next: received.next }).toString()}`}`)
    return seeOther(`${here}/finish?${new URLSearchParams({ refused: received.reason, request: requestFacts().id }).toString()}`)
  })
}
