'use client'
import { Pencil, Trash2 } from 'lucide-react'
import { Chip } from '@/components/ui/chip'
import { IconButton } from '@/components/ui/icon-button'
import type { FormRowView } from '@/lib/features/policies/editing-view'

type FormRowProps = {
  row: FormRowView
  isReadOnly: boolean
  /** Cannot be pressed just now. */
  isLocked: boolean
  onEdit: () => void
  onDelete: () => void
}

/** One plain permit: what, and on what. */
export function FormRow({ row, isReadOnly, isLocked, onEdit, onDelete }: FormRowProps) {
  const { title, place, permissions } = row
  const name = `${title}, ${place.name}`
  return (
    <li className="policy-row">
      <span className="font-medium">{title}</span>
      <Chip label={place.name} detail={place.isMissing ? 'does not exist' : place.detail} {...(place.isMissing && { tone: 'bad' as const })} />
      <code className="mono min-w-0 flex-1 truncate text-ink-3" title={permissions === '*' ? 'every action' : permissions.join(', ')}>
        {permissions === '*' ? '*' : permissions.join(', ')}
      </code>
      {isReadOnly ? null : (
        <span className="policy-row-buttons">
          <IconButton size="small" label={`Edit ${name}`} icon={<Pencil aria-hidden="true" />} disabled={isLocked} onClick={onEdit} />
          <IconButton size="small" label={`Delete ${name}`} icon={<Trash2 aria-hidden="true" />} disabled={isLocked} onClick={onDelete} />
        </span>
      )}
    </li>
  )
}
