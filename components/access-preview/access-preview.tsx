import { Banner } from '@/components/ui/banner'
import { RelativeTime } from '@/components/ui/relative-time'
import { isNothing, type AccessPreviewView } from '@/lib/features/access-preview/rules'
import { ShiftList } from './shift-list'

/** Who gains and who loses what by a change that has not been made: shown before it is confirmed. */
export function AccessPreview({ preview }: { preview: AccessPreviewView }) {
  const { losses, gains, moreLosses, moreGains, lookedAt, unseenMembers, since, undecided } = preview
  if (isNothing(preview)) return <Banner tone="ok">Nobody gains or loses access by this.</Banner>
  return (
    <div className="grid gap-4">
      {since === null || losses.length + gains.length === 0 ? null : (
        <p>
          Not at once, but <RelativeTime at={since} />:
        </p>
      )}
      <ShiftList kind="loses" lines={losses} more={moreLosses} />
      <ShiftList kind="gains" lines={gains} more={moreGains} />
      {unseenMembers > 0 ? (
        <p className="text-[13px] text-ink-2">
          {lookedAt.toLocaleString('en')} were looked at; {unseenMembers.toLocaleString('en')} more, members of the groups concerned among them, were not: what their group gains or loses, they do, unless they have it elsewhere too.
        </p>
      ) : null}
      {undecided.length > 0 ? (
        <section aria-label="Depends on the request" className="grid gap-2">
          <h3 className="font-semibold">Depends on the request</h3>
          <p className="text-[13px] text-ink-2">Not counted above: this looks at where, when or how a request is made.</p>
          <ul className="grid gap-2" tabIndex={0} aria-label="What depends on the request">
            {undecided.map(({ owner, text }, at) => (
              <li key={`${owner.id} ${at}`} className="min-w-0">
                <strong>{owner.name}</strong>
                {text === null ? <p className="text-[13px] text-ink-2">You may not read this statement.</p> : <pre className="overflow-x-auto whitespace-pre-wrap text-[13px] text-ink-2">{text.trim()}</pre>}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  )
}
