'use client'
import { useState } from 'react'
import { EditDialog } from '@/components/forms/edit-dialog'
import { TextField } from '@/components/forms/text-field'
import type { LazyDialogProps } from '@/components/ui/dialog-button'
import { updateAssignmentAction } from '@/lib/features/role-assignments/actions'
import type { AssignmentRow } from '@/lib/features/role-assignments/rules'
import { endDraft, endOf } from './end-draft'
import { EndField } from './end-field'

type ChangeEndDialogProps = LazyDialogProps & { org: string; assignment: AssignmentRow; onChanged?: (() => void) | undefined }

/** Changes until when somebody holds a role, and why. */
export function ChangeEndDialog({ org, assignment, onChanged, ...dialog }: ChangeEndDialogProps) {
  const { id, principal, role, scope } = assignment
  const [end, setEnd] = useState(() => endDraft(assignment.expiresAt))
  return (
    <EditDialog
      {...dialog} title={`${role.title} in ${scope.name}`} description={`Until when ${principal.name} holds it. An end stops it at that moment, by itself.`}
      run={(data) => updateAssignmentAction(org, { id, expiresAt: endOf(end), reason: String(data.get('reason') ?? '') })}
      saved={() => `Changed until when ${principal.name} holds ${role.title}`} onSaved={onChanged}
    >
      <EndField end={end} onChange={setEnd} />
      <TextField name="reason" label="Reason" optional defaultValue={assignment.reason} maxLength={500} autoComplete="off" />
    </EditDialog>
  )
}
