'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { SecretReveal } from '@/components/credentials/secret-reveal'
import { useGuardedClose } from '@/components/credentials/use-guarded-close'
import { ActionForm } from '@/components/forms/action-form'
import { FormOutcome } from '@/components/forms/form-outcome'
import { SelectField } from '@/components/forms/select-field'
import { SubmitButton } from '@/components/forms/submit-button'
import { TextField } from '@/components/forms/text-field'
import { Button } from '@/components/ui/button'
import { CodeBlock } from '@/components/ui/code-block'
import { Dialog } from '@/components/ui/dialog'
import { DialogBody } from '@/components/ui/dialog-body'
import type { LazyDialogProps } from '@/components/ui/dialog-button'
import { DialogFooter } from '@/components/ui/dialog-footer'
import { Switch } from '@/components/ui/switch'
import { toRoute } from '@/components/ui/route'
import { createScimTokenAction } from '@/lib/features/provisioning/actions'
import { asKind, DIRECTORY_KINDS, KIND_TITLES, type DirectoryKind } from '@/lib/features/provisioning/rules'
import { directoryHref } from './directory-href'
import { factsOfScimToken, KEPT_WHERE, secretOfScimToken } from './scim-secret'

export type TokenDialogProps = { org: string; baseUrl: string; /** A further token of this directory; left out, a directory is made with it. */ directory?: { id: string; name: string } }

type Made = { id: string; secret: string; directoryId: string; name: string }

const KIND_OPTIONS = DIRECTORY_KINDS.map((value) => ({ value, label: value === 'other' ? 'Another provider' : KIND_TITLES[value] }))
const NAMES: Readonly<Record<DirectoryKind, string>> = { okta: 'Okta', entra: 'Microsoft Entra ID', other: '' }

/** Makes a token, with a directory unless it is for one there is, and shows it once. */
export function TokenDialog({ org, baseUrl, directory, open, onOpenChange }: TokenDialogProps & LazyDialogProps) {
  const router = useRouter()
  const [made, setMade] = useState<Made | null>(null)
  const [kind, setKind] = useState<DirectoryKind>('okta')
  const { stored, setStored, change } = useGuardedClose(made !== null, () => {
    onOpenChange(false)
    if (made === null) return
    setMade(null)
    router.push(toRoute(directoryHref(org, made.directoryId)))
  })
  const title = directory ? `Another token of ${directory.name}` : 'Connect a directory'
  async function send(data: FormData) {
    const name = String(data.get('name'))
    const result = await createScimTokenAction(org, { name, rehearses: data.get('rehearses') === 'on', ...(directory ? { directoryId: directory.id } : { kind }) })
    return result.ok ? { ok: true as const, value: { ...result.value, name } } : result
  }
  return (
    <Dialog open={open} onOpenChange={(next) => (next ? onOpenChange(true) : change(false))} size={made ? 'large' : 'medium'} title={title} description={directory ? 'It may do what the others of this directory may. You must hold all that its groups give.' : 'It brings people and groups, and decides about them from then on.'} keepOpenOutside>
      {made ? (
        <SecretReveal name={made.name} where={KEPT_WHERE} secrets={secretOfScimToken(made.secret)} facts={factsOfScimToken(made, { name: made.name, url: baseUrl })} stored={stored} onStored={setStored} onClose={() => change(false)}>
          <div>
            <p className="label mb-1">Base URL</p>
            <CodeBlock code={baseUrl} label="Base URL to paste" />
          </div>
        </SecretReveal>
      ) : (
        <ActionForm outcome={false} run={send} onDone={setMade}>
          <DialogBody>
            <div className="fields">
              <FormOutcome />
              {directory ? null : <SelectField name="kind" label="Provider" options={KIND_OPTIONS} defaultValue={kind} onValueChange={(next) => setKind(asKind(next))} />}
              <TextField
                key={kind} name="name" label="Name" defaultValue={directory ? '' : NAMES[kind]} maxLength={100} autoComplete="off"
                hint={directory ? 'What uses it.' : 'It is named wherever something is locked because it comes from there.'}
              />
              <Switch name="rehearses" label="Rehearse first" detail="Nothing it sends is changed: you see here what would be, and let it count when you are content." />
            </div>
          </DialogBody>
          <DialogFooter>
            <Button onClick={() => change(false)}>Cancel</Button>
            <SubmitButton>Create token</SubmitButton>
          </DialogFooter>
        </ActionForm>
      )}
    </Dialog>
  )
}
