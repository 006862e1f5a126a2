import { Banner } from '@/components/ui/banner'
import type { AccessPreviewView } from '@/lib/features/access-preview/rules'
import { ShiftList } from './shift-list'

/** Who gains and who loses what by a change that has not been made: shown before it is confirmed. */
export function AccessPreview({ preview }: { preview: AccessPreviewView }) {
  const { losses, gains, moreLosses, moreGains, lookedAt, unseenMembers } = preview
  if (losses.length === 0 && gains.length === 0 && unseenMembers === 0) return <Banner tone="ok">Nobody gains or loses access by this.</Banner>
  return (
    <div className="grid gap-4">
      <ShiftList kind="loses" lines={losses} more={moreLosses} />
      <ShiftList kind="gains" lines={gains} more={moreGains} />
      {unseenMembers > 0 ? (
        <p className="text-[13px] text-ink-2">
          {lookedAt.toLocaleString('en')} were looked at; {unseenMembers.toLocaleString('en')} more, members of the groups concerned among them, were not: what their group gains or loses, they do, unless they have it elsewhere too.
        </p>
      ) : null}
    </div>
  )
}
