'use client'
import { useMemo, useState } from 'react'
import { AskedPreview } from '@/components/access-preview/asked-preview'
import { ActionForm } from '@/components/forms/action-form'
import { FormOutcome } from '@/components/forms/form-outcome'
import { refusalText } from '@/components/forms/refusal-text'
import { SubmitButton } from '@/components/forms/submit-button'
import { draftsOf, newDraft, wantedRoles, type RoleDraft } from '@/components/roles/role-drafts'
import { RoleRows } from '@/components/roles/role-rows'
import { useRolePicking } from '@/components/roles/use-role-picking'
import { Banner } from '@/components/ui/banner'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { DialogBody } from '@/components/ui/dialog-body'
import type { LazyDialogProps } from '@/components/ui/dialog-button'
import { DialogFooter } from '@/components/ui/dialog-footer'
import { toast } from '@/components/ui/toast'
import { previewRolesAction, setMemberRolesAction } from '@/lib/features/members/actions'
import type { MemberRow } from '@/lib/features/members/rules'
import { nameOf } from './member-words'

type EditRolesDialogProps = LazyDialogProps & { org: string; person: Pick<MemberRow, 'id' | 'email' | 'name' | 'roles'>; isSelf?: boolean }

/** All roles of one person, to change together. */
export function EditRolesDialog({ org, person, isSelf = false, open, onOpenChange }: EditRolesDialogProps) {
  const { picking, failure } = useRolePicking(org)
  const [before] = useState(() => draftsOf(person.roles.filter(({ via }) => via === undefined)))
  const [edited, setEdited] = useState<RoleDraft[] | null>(null)
  const only = useMemo(() => (picking?.isOneRoleEach ? newDraft(picking) : null), [picking])
  const drafts = edited ?? (before.length === 0 && only ? [only] : before)

  const wanted = { id: person.id, roles: wantedRoles(drafts) }
  const isWhole = edited !== null && drafts.every(({ roleId }) => roleId !== '')

  async function undo() {
    const result = await setMemberRolesAction(org, { id: person.id, roles: wantedRoles(before) })
    toast(result.ok ? { title: `Roles of ${person.email} are as before` } : { kind: 'error', title: result.refusal.title, description: refusalText(result.refusal) })
  }
  function done() {
    onOpenChange(false)
    toast({ title: `Roles of ${person.email} changed`, action: { label: 'Undo', onSelect: () => void undo() } })
  }
  return (
    <Dialog open={open} onOpenChange={onOpenChange} size="large" title={`Edit roles of ${nameOf(person)}`} description="Everything below counts from the moment you save." keepOpenOutside>
      <ActionForm outcome={false} run={() => setMemberRolesAction(org, wanted)} onDone={done}>
        <DialogBody>
          <div className="grid gap-4">
            <FormOutcome />
            {isSelf ? <Banner tone="warn">These are your own roles. What you take from yourself, somebody else has to give back.</Banner> : null}
            <RoleRows org={org} picking={picking} failure={failure} drafts={drafts} onChange={setEdited} none="No role: only what everybody may do." />
            {isWhole ? (
              <section aria-label="What changes">
                <h3 className="label mb-2">What changes</h3>
                <AskedPreview key={JSON.stringify(wanted)} ask={() => previewRolesAction(org, wanted)} />
              </section>
            ) : null}
          </div>
        </DialogBody>
        <DialogFooter>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <SubmitButton disabled={picking === null}>Save roles</SubmitButton>
        </DialogFooter>
      </ActionForm>
    </Dialog>
  )
}
