import { X } from 'lucide-react'

type ChipProps = {
  label: string
  /** Said quietly after the label, such as the place where a role holds. */
  detail?: string | undefined
  /** Dashed border: not set here but inherited. Say why in `title`. */
  dashed?: boolean | undefined
  tone?: 'bad' | 'accent' | undefined
  title?: string | undefined
  /** Shows a cross. Client components only. */
  onRemove?: (() => void) | undefined
}

/** A named thing with a quiet detail, optionally removable. */
export function Chip({ label, detail, dashed, tone, title, onRemove }: ChipProps) {
  return (
    <span className="chip" data-dashed={dashed ? '' : undefined} data-tone={tone} title={title ?? (detail ? `${label}, ${detail}` : undefined)}>
      {label}
      {detail ? <em>{detail}</em> : null}
      {onRemove ? (
        <button type="button" aria-label={`Remove ${label}`} onClick={onRemove}>
          <X aria-hidden="true" />
        </button>
      ) : null}
    </span>
  )
}
