import { MissingPermission } from '@/components/refusals/missing-permission'
import { MessagePage } from '@/components/layout/message-page'
import { requestFacts } from '@/lib/request'

/** Status 403: says what is missing, as the page that refused found it. */
export default function Forbidden() {
  const { refused, id } = requestFacts()
  if (refused) return <MissingPermission {...refused} requestId={id} />
  return (
    <MessagePage code="403" title="You may not open this page">
      Ask an administrator of the organization for access.
    </MessagePage>
  )
}
