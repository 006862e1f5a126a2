import { MissingPermission } from '@/components/refusals/missing-permission'
import { MessagePage } from '@/components/layout/message-page'
import { BREAK_GLASS_MINUTES, isBreakGlass } from '@/lib/access/way-in'
import { requestFacts } from '@/lib/request'

/** Status 403: says what is missing, as the page that refused found it. */
export default async function Forbidden() {
  const facts = requestFacts()
  // Next.js may render this beside the page, before the page has found out whether it refuses.
  await new Promise((resolve) => setImmediate(resolve))
  await facts.verdict
  const { refused, refusedAddress, id, session } = facts
  if (refused) return <MissingPermission {...refused} requestId={id} />
  if (refusedAddress === undefined && session !== null && isBreakGlass(session)) {
    return (
      <MessagePage code="403" title="This session opens the SSO settings only">
        It was opened with a break-glass code, for {BREAK_GLASS_MINUTES} minutes. Once the identity provider works again, sign out and sign in through it. Choose Security & SSO from the menu to go on.
      </MessagePage>
    )
  }
  if (refusedAddress !== undefined) {
    return (
      <MessagePage code="403" title="Your address is not on the IP allowlist">
        Your address, as Gatehouse sees it, is {facts.address}. Ask an administrator to add it. Request {id}.
      </MessagePage>
    )
  }
  return (
    <MessagePage code="403" title="You may not open this page">
      Ask an administrator of the organization for access.
    </MessagePage>
  )
}
