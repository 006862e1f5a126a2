import { RelativeTime } from '@/components/ui/relative-time'
import { TextLink } from '@/components/ui/text-link'

type Refused = { id: string; at: string; who: string; action: string; resource: string; reason: string; askedBy: string; href: string }

/** What programs were refused, newest first; each leads to its explanation as of then. */
export function RefusedList({ refused }: { refused: readonly Refused[] }) {
  return (
    <ul className="refused-list">
      {refused.map(({ id, at, who, action, resource, reason, askedBy, href }) => (
        <li key={id}>
          <p><TextLink href={href}>{who}: {action} on {resource}</TextLink></p>
          <p className="text-[12.5px] text-ink-2"><RelativeTime at={at} />, asked by {askedBy}: {reason}.</p>
        </li>
      ))}
    </ul>
  )
}
