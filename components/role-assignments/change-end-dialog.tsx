'use client'
import { useState } from 'react'
import { ActionForm } from '@/components/forms/action-form'
import { FormOutcome } from '@/components/forms/form-outcome'
import { SubmitButton } from '@/components/forms/submit-button'
import { TextField } from '@/components/forms/text-field'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { DialogBody } from '@/components/ui/dialog-body'
import type { LazyDialogProps } from '@/components/ui/dialog-button'
import { DialogFooter } from '@/components/ui/dialog-footer'
import { toast } from '@/components/ui/toast'
import { updateAssignmentAction } from '@/lib/features/role-assignments/actions'
import type { AssignmentRow } from '@/lib/features/role-assignments/rules'
import { endDraft, endOf } from './end-draft'
import { EndField } from './end-field'

type ChangeEndDialogProps = LazyDialogProps & { org: string; assignment: AssignmentRow; onChanged?: (() => void) | undefined }

/** Changes until when somebody holds a role, and why. */
export function ChangeEndDialog({ org, assignment, open, onOpenChange, onChanged }: ChangeEndDialogProps) {
  const { id, principal, role, scope } = assignment
  const [end, setEnd] = useState(() => endDraft(assignment.expiresAt))
  function done() {
    onOpenChange(false)
    onChanged?.()
    toast({ title: `Changed until when ${principal.name} holds ${role.title}` })
  }
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={`${role.title} in ${scope.name}`} description={`Until when ${principal.name} holds it. An end stops it at that moment, by itself.`}>
      <ActionForm outcome={false} run={(data) => updateAssignmentAction(org, { id, expiresAt: endOf(end), reason: String(data.get('reason') ?? '') })} onDone={done}>
        <DialogBody>
          <div className="fields">
            <FormOutcome />
            <EndField end={end} onChange={setEnd} />
            <TextField name="reason" label="Reason" optional defaultValue={assignment.reason} maxLength={500} autoComplete="off" />
          </div>
        </DialogBody>
        <DialogFooter>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <SubmitButton>Save</SubmitButton>
        </DialogFooter>
      </ActionForm>
    </Dialog>
  )
}
