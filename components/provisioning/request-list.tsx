import { CodeBlock } from '@/components/ui/code-block'
import { RelativeTime } from '@/components/ui/relative-time'
import { StatusPill } from '@/components/ui/status-pill'
import type { RequestDetail } from '@/lib/features/provisioning/rules'

const inText = (body: unknown): string => JSON.stringify(body, null, 2)

/** The latest requests of a directory, each with what was sent and answered. */
export function RequestList({ requests }: { requests: readonly RequestDetail[] }) {
  if (requests.length === 0) return <p className="text-ink-2">Nothing was asked yet. Test the connection at your identity provider: it appears here.</p>
  return (
    <ul className="grid gap-2" aria-label="Latest requests">
      {requests.map((request) => (
        <li key={request.id}>
          <details>
            <summary className="cursor-pointer">
              <StatusPill tone={request.status >= 400 ? 'bad' : 'ok'}>{request.status}</StatusPill> <span>{request.method}</span> <code className="break-all">{request.path}</code>{' '}
              <span className="text-ink-2">
                <RelativeTime at={request.at} />
                {request.detail === '' ? '' : `: ${request.detail}`}
              </span>
            </summary>
            {request.request === null ? null : <CodeBlock code={inText(request.request)} label={`Sent with ${request.method} ${request.path}`} />}
            {request.answer === null ? null : <CodeBlock code={inText(request.answer)} label={`Answer to ${request.method} ${request.path}`} />}
          </details>
        </li>
      ))}
    </ul>
  )
}
