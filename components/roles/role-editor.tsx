'use client'
import { useRouter } from 'next/navigation'
import { lazy, Suspense, useState } from 'react'
import { ActionForm } from '@/components/forms/action-form'
import { SubmitButton } from '@/components/forms/submit-button'
import { TextField } from '@/components/forms/text-field'
import { TextareaField } from '@/components/forms/textarea-field'
import { useUnsavedWarning } from '@/components/forms/use-unsaved-warning'
import { Section } from '@/components/layout/section'
import { Banner } from '@/components/ui/banner'
import { Button } from '@/components/ui/button'
import { toRoute } from '@/components/ui/route'
import { LinkButton } from '@/components/ui/link-button'
import { toast } from '@/components/ui/toast'
import type { ActionResult } from '@/lib/boundary/result'
import { isNothing, type AccessPreviewView } from '@/lib/features/access-preview/rules'
import { createRoleAction, findMissingAction, previewUpdateAction, updateRoleAction } from '@/lib/features/roles/actions'
import type { ScopeChoice } from '@/lib/features/roles/choices'
import type { RoleEditing } from '@/lib/features/roles/editing'
import { isSame, wantedOf, type EditedRole } from './role-edits'
import { RoleChoiceGroups } from './role-choice-groups'
import { RoleRestriction } from './role-restriction'

const ReviewDialog = lazy(() => import('./review-dialog').then((module) => ({ default: module.ReviewDialog })))

type Saved = { id: string; name: string } | null
type RoleEditorProps = { org: string; editing: RoleEditing }

/** Makes or changes a role. A change that somebody gains or loses by is shown before it is saved. */
export function RoleEditor({ org, editing }: RoleEditorProps) {
  const router = useRouter()
  const { id } = editing.draft
  const [before] = useState<EditedRole>(() => ({ ...editing.draft, permissions: new Set(editing.draft.permissions) }))
  const [role, setRole] = useState(before)
  const [missing, setMissing] = useState(() => new Set(editing.missing))
  const [review, setReview] = useState<AccessPreviewView | null>(null)
  const [isSaved, setSaved] = useState(false)
  const change = (part: Partial<EditedRole>) => setRole((now) => ({ ...now, ...part }))
  useUnsavedWarning(!isSaved && !isSame(before, role))

  const back = id === null ? `/${org}/roles` : `/${org}/roles/${id}`
  const locked = new Set([...missing].filter((name) => id === null || !before.permissions.has(name)))
  const advice = editing.advice.filter(({ needs }) => role.permissions.size > 0 && !needs.every((name) => role.permissions.has(name)))

  async function choose(resources: ScopeChoice[] | null) {
    change({ resources })
    const result = await findMissingAction(org, { resources: resources?.map((resource) => resource.id) ?? [] })
    if (result.ok) setMissing(new Set(result.value))
  }
  async function save(): Promise<ActionResult<Saved>> {
    const wanted = wantedOf(role)
    if (id === null) return createRoleAction(org, wanted)
    const preview = await previewUpdateAction(org, { id, ...wanted })
    if (!preview.ok) return preview
    if (isNothing(preview.value)) return updateRoleAction(org, { id, ...wanted })
    setReview(preview.value)
    return { ok: true, value: null }
  }
  function done(saved: Saved) {
    if (saved === null) return
    setSaved(true)
    setReview(null)
    toast({ title: id === null ? `Role ${saved.name} created` : `Role ${saved.name} saved`, ...(id !== null && { description: 'It counts from this moment on.' }) })
    router.push(toRoute(`/${org}/roles/${saved.id}`))
  }
  return (
    <>
      <ActionForm label={id === null ? 'New role' : 'Edit role'} run={save} onDone={done}>
        <Section title="About the role">
          <div className="grid max-w-xl gap-4">
            <TextField name="name" label="Name" value={role.name} onChange={(event) => change({ name: event.currentTarget.value })} maxLength={64} autoComplete="off" />
            <TextareaField name="description" label="Description" optional hint="Who should hold it: shown wherever roles are chosen." value={role.description} onChange={(event) => change({ description: event.currentTarget.value })} maxLength={500} />
          </div>
        </Section>
        {editing.canRestrict ? (
          <Section title="Scope">
            <RoleRestriction org={org} offered={editing.offered} chosen={role.resources} onChange={(resources) => void choose(resources)} />
          </Section>
        ) : null}
        <Section title="Permissions" description="What holders may do where they hold the role, and below.">
          <div className="grid gap-4">
            {advice.map(({ needs, message }) => (
              <Banner key={message} tone="accent" actions={<Button size="small" onClick={() => change({ permissions: new Set([...role.permissions, ...needs.filter((name) => !locked.has(name))]) })}>Add them</Button>}>
                {message}
              </Banner>
            ))}
            <RoleChoiceGroups groups={editing.groups} chosen={role.permissions} locked={locked} onChange={(permissions) => change({ permissions })} />
          </div>
        </Section>
        <div className="role-editor-foot">
          <LinkButton href={back}>Cancel</LinkButton>
          <SubmitButton>{id === null ? 'Create role' : 'Save role'}</SubmitButton>
        </div>
      </ActionForm>
      {review && id !== null ? (
        <Suspense>
          <ReviewDialog title={role.name} preview={review} save={() => updateRoleAction(org, { id, ...wantedOf(role) })} onDone={done} onClose={() => setReview(null)} />
        </Suspense>
      ) : null}
    </>
  )
}

