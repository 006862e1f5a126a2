import { currentActor, setSessionCookie } from '@/lib/boundary/browser'
import { purposeUnderWay } from '@/lib/features/sso-connections/attempts'
import { isSignInRefusal } from '@/lib/features/sso-connections/refusals'
import { rememberMethod } from '@/lib/features/sso-connections/remembered'
import { finishSaml } from '@/lib/features/saml-connections/door'
import { testPagePath } from '@/lib/features/sso-connections/connection-test'
import { answering, browserSecretOf, confirmPagePath, connectionOf, seeOther, toRefusal, type Context } from '../../answers'

/** The end of a sign-in, in the browser that began it; or, when the answer was refused, the way to the page that says so. */
export function GET(request: Request, context: Context): Promise<Response> {
  return answering(async () => {
    const connection = await connectionOf(context)
    const { searchParams } = new URL(request.url)
    const secret = await browserSecretOf()
    const refused = searchParams.get('refused') ?? undefined
    if (isSignInRefusal(refused)) {
      const purpose = currentActor() ? await purposeUnderWay(connection.id, secret) : 'sign-in'
      if (purpose === 'sign-in') return toRefusal(refused, searchParams.get('request'))
      return seeOther(purpose === 'test' ? await testPagePath(connection, refused) : confirmPagePath(refused))
    }
    const finished = await finishSaml(connection, searchParams.get('ticket') ?? '', secret, currentActor())
    if (finished.kind === 'refused') return finished.purpose === 'confirm' ? seeOther(confirmPagePath(finished.reason, finished.next)) : toRefusal(finished.reason)
    if (finished.kind === 'tested') return seeOther(await testPagePath(connection))
    if (finished.kind === 'confirmed') return seeOther(finished.next ?? '/confirm?done=1')
    await setSessionCookie(finished.session.secret)
    await rememberMethod(connection.id)
    return seeOther(finished.next ?? `/${finished.session.slug}`)
  })
}
