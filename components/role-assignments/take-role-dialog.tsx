'use client'
import { AskedPreview } from '@/components/access-preview/asked-preview'
import { ActionForm } from '@/components/forms/action-form'
import { FormOutcome } from '@/components/forms/form-outcome'
import { refusalText } from '@/components/forms/refusal-text'
import { SubmitButton } from '@/components/forms/submit-button'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { DialogBody } from '@/components/ui/dialog-body'
import type { LazyDialogProps } from '@/components/ui/dialog-button'
import { DialogFooter } from '@/components/ui/dialog-footer'
import { toast } from '@/components/ui/toast'
import { createAssignmentAction, deleteAssignmentAction, previewTakingAction } from '@/lib/features/role-assignments/actions'
import type { AssignmentRow } from '@/lib/features/role-assignments/rules'

type TakeRoleDialogProps = LazyDialogProps & { org: string; assignment: AssignmentRow; onChanged?: (() => void) | undefined }

/** Gives back what was just taken, as it was: possible for whoever holds what the role permits. */
async function giveBack(org: string, { principal, role, scope, expiresAt, reason }: AssignmentRow, onDone?: () => void): Promise<void> {
  const result = await createAssignmentAction(org, { principal: { type: principal.type, id: principal.id }, role: role.id, scope: scope.id, expiresAt, reason })
  toast(result.ok ? { title: `${principal.name} holds ${role.title} again` } : { kind: 'error', title: result.refusal.title, description: refusalText(result.refusal) })
  onDone?.()
}

/** Takes a role away after saying what goes with it. */
export function TakeRoleDialog({ org, assignment, open, onOpenChange, onChanged }: TakeRoleDialogProps) {
  const { id, principal, role, scope, isEnded } = assignment
  function done() {
    onOpenChange(false)
    onChanged?.()
    toast({ title: `Took ${role.title} in ${scope.name} from ${principal.name}`, ...(!isEnded && { action: { label: 'Undo', onSelect: () => void giveBack(org, assignment, onChanged) } }) })
  }
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={`Take ${role.title} away?`}>
      <ActionForm outcome={false} run={() => deleteAssignmentAction(org, { id })} onDone={done}>
        <DialogBody>
          <div className="grid gap-4">
            <FormOutcome />
            <p>
              {principal.type === 'group' ? `Everybody in ${principal.name}` : principal.name} {isEnded ? `no longer has anything by ${role.title} in ${scope.name}; the line goes.` : `loses at once what only ${role.title} permits in ${scope.name} and below.`}
            </p>
            {isEnded ? null : <AskedPreview ask={() => previewTakingAction(org, { id })} />}
          </div>
        </DialogBody>
        <DialogFooter>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <SubmitButton variant="danger">Take role away</SubmitButton>
        </DialogFooter>
      </ActionForm>
    </Dialog>
  )
}
