import { Badge } from './badge'
import { Chip } from './chip'

type ChipListProps = {
  items: readonly { label: string; detail?: string | undefined; dashed?: boolean | undefined; title?: string | undefined }[]
  /** How many are shown; the others hide behind "+2", named on hover. */
  max?: number
  /** Said when there are none. */
  none?: string
}

/** Chips on one line of a table. */
export function ChipList({ items, max = 2, none = '–' }: ChipListProps) {
  if (items.length === 0) return <span className="dim">{none}</span>
  const hidden = items.slice(max).map(({ label, detail }) => (detail ? `${label}, ${detail}` : label))
  return (
    <span className="chips">
      {items.slice(0, max).map((item, index) => (
        <Chip key={index} {...item} />
      ))}
      {hidden.length > 0 ? <Badge title={hidden.join('\n')}>+{hidden.length}</Badge> : null}
    </span>
  )
}
