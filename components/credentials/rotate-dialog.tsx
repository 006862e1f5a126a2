'use client'
import { useState } from 'react'
import { Dialog } from '@/components/ui/dialog'
import type { LazyDialogProps } from '@/components/ui/dialog-button'
import type { ActionResult } from '@/lib/boundary/result'
import type { CredentialFacts } from './credential-facts'
import { RotateForm } from './rotate-form'
import { RotationPair } from './rotation-pair'
import { hintOfSecret, type PublicFacts, type ShownSecret } from './secret-files'
import { SecretReveal } from './secret-reveal'
import { useGuardedClose } from './use-guarded-close'

type MadeSecret = { id: string; secret: string }
type Rotated = MadeSecret & { oldEndsAt: string | null }

type RotateDialogProps = LazyDialogProps & {
  credential: Pick<CredentialFacts, 'expiresAt' | 'lastUsedAt' | 'lastUsedIp'> & { id: string; name: string; hint: string }
  rotate: (id: string, overlapHours: number) => Promise<ActionResult<MadeSecret>>
  secretsOf: (secret: string) => ShownSecret[]
  /** What helps to find the new credential again. */
  factsOf: (made: MadeSecret) => PublicFacts
  /** Where it is to be stored. */
  where?: string
}

const HOUR_MS = 3600_000

/** A new secret for a credential: asks how long the old one works on, then shows the new one and the pair. */
export function RotateDialog({ credential, rotate, secretsOf, factsOf, where, open, onOpenChange }: RotateDialogProps) {
  // Kept from the opening: the list behind changes when it is rotated.
  const [old] = useState(credential)
  const [rotated, setRotated] = useState<Rotated | null>(null)
  function close() {
    onOpenChange(false)
    setRotated(null)
  }
  const { stored, setStored, change } = useGuardedClose(rotated !== null, close)
  async function replace(hours: number) {
    const result = await rotate(old.id, hours)
    if (!result.ok) return result
    const end = hours === 0 ? null : new Date(Date.now() + hours * HOUR_MS).toISOString()
    const oldEndsAt = end !== null && old.expiresAt !== null && old.expiresAt < end ? old.expiresAt : end
    return { ok: true as const, value: { ...result.value, oldEndsAt } }
  }
  return (
    <Dialog open={open} onOpenChange={change} size={rotated ? 'large' : 'medium'} keepOpenOutside title={rotated ? `New secret of ${old.name}` : `Rotate ${old.name}`}>
      {rotated ? (
        <SecretReveal name={old.name} secrets={secretsOf(rotated.secret)} facts={factsOf(rotated)} stored={stored} onStored={setStored} onClose={() => change(false)} {...(where !== undefined && { where })}>
          <RotationPair oldHint={old.hint} newHint={hintOfSecret(rotated.secret)} oldEndsAt={rotated.oldEndsAt} />
        </SecretReveal>
      ) : (
        <RotateForm credential={old} rotate={replace} onDone={setRotated} onCancel={close} />
      )}
    </Dialog>
  )
}
