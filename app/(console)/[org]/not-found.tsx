import { MessagePage } from '@/components/layout/message-page'

/** Inside an organization, or of one that is not ours. */
export default function NotFound() {
  return (
    <MessagePage code="404" title="This page does not exist">
      The address may be mistyped, the thing may be gone, or it belongs to an organization you are not in.
    </MessagePage>
  )
}
