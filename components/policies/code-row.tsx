'use client'
import { Code, Trash2 } from 'lucide-react'
import { sentence } from '@/components/forms/sentence'
import { IconButton } from '@/components/ui/icon-button'
import { StatusPill } from '@/components/ui/status-pill'
import type { CodeRowView } from '@/lib/features/policies/editing-view'

type CodeRowProps = { row: CodeRowView; text: string; isReadOnly: boolean; isLocked: boolean; onShow: () => void; onDelete: () => void }

/** A statement that the form cannot show, with the reason; its text stays as it is. */
export function CodeRow({ row, text, isReadOnly, isLocked, onShow, onDelete }: CodeRowProps) {
  const name = `statement ${row.index + 1}`
  return (
    <li className="policy-row items-start!">
      <div className="grid min-w-0 flex-1 gap-1.5">
        <span className="flex flex-wrap items-center gap-2">
          <StatusPill tone={row.effect === 'forbid' ? 'bad' : 'ok'}>{row.effect === 'forbid' ? 'Forbids' : 'Permits'}</StatusPill>
          <span className="text-ink-2">{sentence(row.sentence)}</span>
        </span>
        <pre className="policy-excerpt" tabIndex={0} aria-label={`Code of ${name}`}>
          {text.slice(row.start, row.end)}
        </pre>
      </div>
      <span className="policy-row-buttons">
        <IconButton size="small" label={`Show ${name} in the code`} icon={<Code aria-hidden="true" />} onClick={onShow} />
        {isReadOnly ? null : <IconButton size="small" label={`Delete ${name}`} icon={<Trash2 aria-hidden="true" />} disabled={isLocked} onClick={onDelete} />}
      </span>
    </li>
  )
}
