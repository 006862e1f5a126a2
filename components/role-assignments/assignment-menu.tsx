'use client'
import { CalendarClock, Lock, MoreHorizontal, Trash2 } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { sentence } from '@/components/forms/sentence'
import { MenuButton } from '@/components/ui/menu-button'
import type { EditableAssignment } from '@/lib/features/role-assignments/rules'

const ChangeEndDialog = lazy(() => import('./change-end-dialog').then((module) => ({ default: module.ChangeEndDialog })))
const TakeRoleDialog = lazy(() => import('./take-role-dialog').then((module) => ({ default: module.TakeRoleDialog })))

type AssignmentMenuProps = { org: string; assignment: EditableAssignment; onChanged?: () => void }

/** What can be done with one assignment; a lock says why nothing can. */
export function AssignmentMenu({ org, assignment, onChanged }: AssignmentMenuProps) {
  const [dialog, setDialog] = useState<'end' | 'take' | null>(null)
  const { isEditable, lockedReason, keptReason, role, principal } = assignment
  if (lockedReason !== null)
    return (
      <span className="grid size-8 flex-none place-items-center text-ink-3" title={sentence(lockedReason)}>
        <Lock aria-hidden="true" className="size-4" />
        <span className="sr-only">{sentence(lockedReason)}</span>
      </span>
    )
  if (!isEditable) return null
  const close = (open: boolean) => !open && setDialog(null)
  const props = { org, assignment, open: true, onOpenChange: close, onChanged }
  return (
    <>
      <MenuButton
        label={`Actions for ${role.title} of ${principal.name}`}
        icon={<MoreHorizontal aria-hidden="true" />}
        variant="quiet"
        items={[
          { label: 'Change end…', icon: <CalendarClock aria-hidden="true" />, onSelect: () => setDialog('end') },
          { label: 'Take away…', icon: <Trash2 aria-hidden="true" />, danger: true, disabledReason: keptReason ?? undefined, onSelect: () => setDialog('take') },
        ]}
      />
      <Suspense>
        {dialog === 'end' ? <ChangeEndDialog {...props} /> : null}
        {dialog === 'take' ? <TakeRoleDialog {...props} /> : null}
      </Suspense>
    </>
  )
}
