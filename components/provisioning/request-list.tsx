import { AccessPreview } from '@/components/access-preview/access-preview'
import { CodeBlock } from '@/components/ui/code-block'
import { RelativeTime } from '@/components/ui/relative-time'
import { StatusPill } from '@/components/ui/status-pill'
import type { RehearsedChange, RequestDetail } from '@/lib/features/provisioning/rules'

const inText = (body: unknown): string => JSON.stringify(body, null, 2)

/** "It would have brought …, suspended … and done 3 more." */
const wouldHave = ({ deeds, moreDeeds }: RehearsedChange): string => `It would have ${[...deeds, ...(moreDeeds > 0 ? [`done ${moreDeeds} more`] : [])].join(', and ')}.`

function Request({ request }: { request: RequestDetail }) {
  const { method, path, status, at, detail, milliseconds, requestId, rehearsal } = request
  return (
    <details className="request min-w-0 flex-1">
      <summary>
        {rehearsal ? <StatusPill tone="accent">Rehearsed</StatusPill> : <StatusPill tone={status >= 400 ? 'bad' : 'ok'}>{status}</StatusPill>}
        <span className="font-semibold">{method}</span>
        <code className="mono break-all">{path}</code>
        <span className="text-ink-3">
          <RelativeTime at={at} />
        </span>
        {detail === '' ? null : <span className="basis-full break-words text-ink-2">{rehearsal ? wouldHave(rehearsal) : detail}</span>}
      </summary>
      <div className="mt-2 grid grid-cols-[minmax(0,1fr)] gap-2">
        {rehearsal ? <AccessPreview preview={rehearsal.preview} /> : null}
        {request.request === null ? null : <CodeBlock code={inText(request.request)} label={`Sent with ${method} ${path}`} />}
        {request.answer === null ? <p className="text-ink-2">Answered without a body.</p> : <CodeBlock code={inText(request.answer)} label={`Answer to ${method} ${path}`} />}
        <p className="text-[13px] text-ink-3">
          {milliseconds} ms · <code className="mono break-all">{requestId}</code>
        </p>
      </div>
    </details>
  )
}

/** The latest requests of a directory, each with what was sent and answered. */
export function RequestList({ requests, none }: { requests: readonly RequestDetail[]; none: string }) {
  if (requests.length === 0) return <p className="text-ink-2">{none}</p>
  return (
    <ul className="lines" aria-label="Latest requests">
      {requests.map((request) => (
        <li key={request.id}>
          <Request request={request} />
        </li>
      ))}
    </ul>
  )
}
