'use client'

import { MessagePage } from '@/components/layout/message-page'

/** For what nobody expected. The digest is in the log beside the request's id. */
export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <main id="main">
      <MessagePage code="500" title="Something went wrong on our side" actions={<button type="button" className="btn btn-primary" onClick={reset}>Try again</button>}>
        <p>The error was logged. Nothing you saved is lost. If it comes again, tell whoever runs this installation{error.digest ? ' and quote the number below' : ''}.</p>
        {error.digest ? <p className="mono dim mt-2">{error.digest}</p> : null}
      </MessagePage>
    </main>
  )
}
