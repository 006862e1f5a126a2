import { currentActor, setSessionCookie } from '@/lib/boundary/browser'
import { isTesting } from '@/lib/features/sso-connections/attempts'
import { isSignInRefusal } from '@/lib/features/sso-connections/refusals'
import { rememberMethod } from '@/lib/features/sso-connections/remembered'
import { finishSaml } from '@/lib/features/saml-connections/door'
import { testPagePath } from '@/lib/features/sso-connections/connection-test'
import { answering, browserSecretOf, connectionOf, seeOther, toRefusal, type Context } from '../../answers'

/** The end of a sign-in, in the browser that began it; or, when the answer was refused, the way to the page that says so. */
export function GET(request: Request, context: Context): Promise<Response> {
  return answering(async () => {
    const connection = await connectionOf(context)
    const { searchParams } = new URL(request.url)
    const secret = await browserSecretOf()
    const refused = searchParams.get('refused') ?? undefined
    if (isSignInRefusal(refused)) {
      const page = currentActor() && (await isTesting(connection.id, secret)) ? await testPagePath(connection, refused) : null
      return page === null ? toRefusal(refused, searchParams.get('request')) : seeOther(page)
    }
    const finished = await finishSaml(connection, searchParams.get('ticket') ?? '', secret, currentActor())
    if (finished.kind === 'refused') return toRefusal(finished.reason)
    if (finished.kind === 'tested') return seeOther(await testPagePath(connection))
    await setSessionCookie(finished.session.secret)
    await rememberMethod(connection.id)
    return seeOther(finished.next ?? `/${finished.session.slug}`)
  })
}
