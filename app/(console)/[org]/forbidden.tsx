import { MissingPermission } from '@/components/refusals/missing-permission'
import { MessagePage } from '@/components/layout/message-page'
import { requestFacts } from '@/lib/request'

/** Status 403: says what is missing, as the page that refused found it. */
export default async function Forbidden() {
  const facts = requestFacts()
  // Next.js may render this beside the page, before the page has found out whether it refuses.
  await new Promise((resolve) => setImmediate(resolve))
  await facts.verdict
  const { refused, refusedAddress, id } = facts
  if (refused) return <MissingPermission {...refused} requestId={id} />
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
