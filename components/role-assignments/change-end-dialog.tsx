'use client'
import { useState } from 'react'
import { AskedPreview } from '@/components/access-preview/asked-preview'
import { EditDialog } from '@/components/forms/edit-dialog'
import { TextField } from '@/components/forms/text-field'
import type { LazyDialogProps } from '@/components/ui/dialog-button'
import { previewChangeAction, updateAssignmentAction } from '@/lib/features/role-assignments/actions'
import type { AssignmentRow } from '@/lib/features/role-assignments/rules'
import { endDraft, endOf } from './end-draft'
import { EndField } from './end-field'

type ChangeEndDialogProps = LazyDialogProps & { org: string; assignment: AssignmentRow; onChanged?: (() => void) | undefined }

/** Changes until when somebody holds a role, and why; tells first who gains or loses what by it, and from when on. */
export function ChangeEndDialog({ org, assignment, onChanged, ...dialog }: ChangeEndDialogProps) {
  const { id, principal, role, scope } = assignment
  const [before] = useState(() => endDraft(assignment.expiresAt))
  const [end, setEnd] = useState(before)
  const isChanged = assignment.isEnded || end.choice !== before.choice || end.date !== before.date
  return (
    <EditDialog
      {...dialog} title={`${role.title} in ${scope.name}`} description={`Until when ${principal.name} holds it. An end stops it at that moment, by itself.`}
      run={(data) => updateAssignmentAction(org, { id, expiresAt: endOf(end), reason: String(data.get('reason') ?? '') })}
      saved={() => `Changed until when ${principal.name} holds ${role.title}`} onSaved={onChanged}
    >
      <EndField end={end} onChange={setEnd} />
      <TextField name="reason" label="Reason" optional defaultValue={assignment.reason} maxLength={500} autoComplete="off" />
      {isChanged ? (
        <section aria-label="What changes">
          <h3 className="label mb-2">What changes</h3>
          <AskedPreview key={`${end.choice} ${end.date}`} ask={() => previewChangeAction(org, { id, expiresAt: endOf(end) })} />
        </section>
      ) : null}
    </EditDialog>
  )
}
