'use client'
import { useState } from 'react'
import type { LifetimePolicy } from '@/components/credentials/expiry-choice'
import { SecretReveal } from '@/components/credentials/secret-reveal'
import { UsageExample } from '@/components/credentials/usage-example'
import { useGuardedClose } from '@/components/credentials/use-guarded-close'
import { Dialog } from '@/components/ui/dialog'
import type { LazyDialogProps } from '@/components/ui/dialog-button'
import { CreateKeyForm, type CreatedKey } from './create-key-form'
import type { KeyDoors } from './key-doors'
import { factsOfKey, KEY_VARIABLE, secretOfKey } from './key-secret'

export type CreateKeyPlace = { organization: string; owner: string; baseUrl: string; policy: LifetimePolicy; title: string; whose: { everything: string; detail: string } }

/** Describes a key in steps, then shows its secret, once. */
export function CreateKeyDialog({ open, onOpenChange, place, doors }: LazyDialogProps & { place: CreateKeyPlace; doors: KeyDoors }) {
  const [made, setMade] = useState<CreatedKey | null>(null)
  const close = () => {
    onOpenChange(false)
    setMade(null)
  }
  const { stored, setStored, change } = useGuardedClose(made !== null, close)
  const { organization, owner, baseUrl: url, policy, title, whose } = place
  return (
    <Dialog open={open} onOpenChange={change} size="large" keepOpenOutside title={made ? `API key ${made.name}` : title} description={made ? undefined : `It opens ${organization} to a program, over the API.`}>
      {made ? (
        <SecretReveal
          name={made.name}
          secrets={secretOfKey(made.secret)}
          facts={factsOfKey(made, { name: made.name, owner, organization, expiresAt: made.expiresAt, url })}
          stored={stored}
          onStored={setStored}
          onClose={() => change(false)}
        >
          <UsageExample baseUrl={url} variable={KEY_VARIABLE} />
        </SecretReveal>
      ) : (
        <CreateKeyForm doors={doors} policy={policy} whose={whose} onDone={setMade} onCancel={close} />
      )}
    </Dialog>
  )
}
