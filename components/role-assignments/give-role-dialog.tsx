'use client'
import { useEffect, useState } from 'react'
import { AskedPreview } from '@/components/access-preview/asked-preview'
import { ActionForm } from '@/components/forms/action-form'
import { FormOutcome } from '@/components/forms/form-outcome'
import { refusalText } from '@/components/forms/refusal-text'
import { SubmitButton } from '@/components/forms/submit-button'
import { TextField } from '@/components/forms/text-field'
import { Banner } from '@/components/ui/banner'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { DialogBody } from '@/components/ui/dialog-body'
import type { LazyDialogProps } from '@/components/ui/dialog-button'
import { DialogFooter } from '@/components/ui/dialog-footer'
import { toast } from '@/components/ui/toast'
import { createAssignmentAction, deleteAssignmentAction, previewGivingAction, searchGivingScopesAction } from '@/lib/features/role-assignments/actions'
import type { GivingScope, PrincipalChoice } from '@/lib/features/role-assignments/giving'
import type { PrincipalRef } from '@/lib/features/role-assignments/rules'
import { endDraft, endOf } from './end-draft'
import { EndField } from './end-field'
import { PlaceChoice } from './place-choice'
import { PrincipalChoiceField } from './principal-choice'
import { RoleChoice } from './role-choice'
import { RolePermissions } from './role-permissions'
import { useRolesToGive } from './use-roles-to-give'

/** Somebody to give a role to, or a resource to give one at; the other is chosen in the dialog. */
export type GiveRoleTarget =
  | { principal: PrincipalRef & { name: string }; resource?: undefined }
  | { resource: { id: string; type: string; name: string }; principal?: undefined }

export type GiveRoleDialogProps = LazyDialogProps & { org: string; target: GiveRoleTarget; onGiven?: (() => void) | undefined }

/** Takes a role back that was just given. */
async function undo(org: string, id: string, onDone?: () => void): Promise<void> {
  const result = await deleteAssignmentAction(org, { id })
  toast(result.ok ? { title: 'Role taken back' } : { kind: 'error', title: result.refusal.title, description: refusalText(result.refusal) })
  onDone?.()
}

/** Gives one role: to whom, which, where, until when and why; beside it, what it permits. */
export function GiveRoleDialog({ org, target: { principal, resource }, open, onOpenChange, onGiven }: GiveRoleDialogProps) {
  const [scopes, setScopes] = useState<readonly GivingScope[]>([])
  const [chosenScope, setScope] = useState<GivingScope | null>(null)
  const [chosen, setChosen] = useState<PrincipalChoice | null>(null)
  const [roleId, setRoleId] = useState('')
  const [end, setEnd] = useState(endDraft)
  useEffect(() => {
    if (resource) return
    void searchGivingScopesAction(org, { q: '' }).then((result) => result.ok && setScopes(result.value), () => undefined)
  }, [org, resource])
  const place = chosenScope ?? scopes[0] ?? null
  const scope = resource ?? place
  const { roles, failure } = useRolesToGive(org, scope?.id ?? null)
  const role = roles?.roles.find(({ id, disabledReason }) => id === roleId && disabledReason === null) ?? null
  const to = principal ?? chosen
  const title = resource ? `Give a role in ${resource.name}` : `Give ${principal?.name ?? ''} a role`

  const wanted = { principal: { type: to?.type ?? 'user', id: to?.id ?? '' }, role: role?.id ?? '', ...(scope && { scope: scope.id }) }
  const send = (data: FormData) => createAssignmentAction(org, { ...wanted, expiresAt: endOf(end), reason: String(data.get('reason') ?? '') })
  function done({ id, replaced }: { id: string; replaced: readonly string[] }) {
    onOpenChange(false)
    onGiven?.()
    toast({ title: `${to?.name ?? 'They'} now ${to?.type === 'group' ? 'brings' : 'holds'} ${role?.title ?? 'the role'} in ${scope?.name ?? 'the organization'}`, ...(replaced.length === 0 && { action: { label: 'Undo', onSelect: () => void undo(org, id, onGiven) } }) })
  }
  return (
    <Dialog open={open} onOpenChange={onOpenChange} size="large" title={title} description="It counts there and everywhere below, from the moment you give it." keepOpenOutside>
      <ActionForm outcome={false} run={send} onDone={done}>
        <DialogBody>
          <div className="grid gap-x-8 gap-y-4 md:grid-cols-[3fr_2fr]">
            <div className="fields">
              <FormOutcome />
              {failure ? <Banner tone="bad" live>{failure}</Banner> : null}
              {resource ? <PrincipalChoiceField org={org} value={chosen} onChange={setChosen} /> : <PlaceChoice org={org} scopes={scopes} value={place} onChange={setScope} />}
              {roles?.isOneRoleEach ? <p className="text-ink-2">In this access model each user holds exactly one role: giving another replaces it.</p> : null}
              <RoleChoice roles={roles?.roles ?? null} value={role?.id ?? ''} onChange={setRoleId} />
              <EndField end={end} onChange={setEnd} />
              <TextField name="reason" label="Reason" optional hint="For whoever reviews access later." maxLength={500} autoComplete="off" />
            </div>
            <section aria-label="What it permits" className="permits-beside" tabIndex={0}>
              <h2 className="label">What it permits</h2>
              <RolePermissions role={role} place={scope?.name ?? 'the organization'} />
              {role && to ? (
                <div className="mt-4">
                  <h2 className="label mb-2">What changes</h2>
                  <AskedPreview key={`${to.id} ${role.id} ${scope?.id ?? ''}`} ask={() => previewGivingAction(org, wanted)} />
                </div>
              ) : null}
            </section>
          </div>
        </DialogBody>
        <DialogFooter>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <SubmitButton>Give role</SubmitButton>
        </DialogFooter>
      </ActionForm>
    </Dialog>
  )
}
