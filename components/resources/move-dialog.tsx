'use client'
import { useState } from 'react'
import { Dialog } from '@/components/ui/dialog'
import type { LazyDialogProps } from '@/components/ui/dialog-button'
import type { Place } from '@/lib/features/resources/rules'
import { MovePicker } from './move-picker'
import { MoveReview } from './move-review'
import type { ResourceRequest } from './resource-requests'

type MoveDialogProps = LazyDialogProps & { org: string; request: Extract<ResourceRequest, { kind: 'move' }> }

/** Moves a resource: first the place, unless it was chosen by dropping or pasting; then whose access changes; then it is done. */
export function MoveDialog({ org, request: { resource, to }, open, onOpenChange }: MoveDialogProps) {
  const [target, setTarget] = useState<Pick<Place, 'id' | 'name'> | null>(to ?? null)
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      size="large"
      title={target === null ? `Move ${resource.name}` : `Move ${resource.name} to ${target.name}?`}
      description={target === null ? 'Choose what it is to lie under. What lies in it comes along.' : 'What lies in it comes along. Roles given on it stay; what is inherited changes with the place.'}
    >
      {target === null ? (
        <MovePicker org={org} resource={resource} onPick={setTarget} onCancel={() => onOpenChange(false)} />
      ) : (
        <MoveReview key={target.id} org={org} resource={resource} to={target} onBack={() => setTarget(null)} onDone={() => onOpenChange(false)} />
      )}
    </Dialog>
  )
}
