import Link from 'next/link'
import { MessagePage } from '@/components/layout/message-page'

/** For addresses that do not exist, and those of organizations one is not in. */
export default function NotFound() {
  return (
    <main id="main">
      <MessagePage code="404" title="This page does not exist" actions={<Link href="/" className="btn btn-primary">Go to the start</Link>}>
        The address may be mistyped, the thing may be gone, or you are not a member of the organization it belongs to.
      </MessagePage>
    </main>
  )
}
