'use client'
import { useState } from 'react'
import { RotateForm } from '@/components/credentials/rotate-form'
import { RotationPair } from '@/components/credentials/rotation-pair'
import { SecretReveal } from '@/components/credentials/secret-reveal'
import { useGuardedClose } from '@/components/credentials/use-guarded-close'
import { Dialog } from '@/components/ui/dialog'
import type { LazyDialogProps } from '@/components/ui/dialog-button'
import type { KeyRow } from '@/lib/features/api-keys/page-rules'
import type { KeyDoors, MadeKey } from './key-doors'
import { factsOfKey, hintOfSecret, secretOfKey } from './key-secret'

type Rotated = MadeKey & { oldEndsAt: string | null }
type RotateKeyDialogProps = LazyDialogProps & { row: KeyRow; doors: Pick<KeyDoors, 'rotate'>; organization: string; baseUrl: string }

const HOUR_MS = 3600_000

/** A new secret for a key: asks how long the old one works on, then shows the new one and the pair. */
export function RotateKeyDialog({ row, doors, organization, baseUrl, open, onOpenChange }: RotateKeyDialogProps) {
  // Kept from the opening: the list behind changes when the key is rotated.
  const [key] = useState(row)
  const [rotated, setRotated] = useState<Rotated | null>(null)
  const { stored, setStored, change } = useGuardedClose(rotated !== null, () => onOpenChange(false))
  async function rotate(hours: number) {
    const result = await doors.rotate(key.id, hours)
    if (!result.ok) return result
    const end = hours === 0 ? null : new Date(Date.now() + hours * HOUR_MS).toISOString()
    const oldEndsAt = end !== null && key.expiresAt !== null && key.expiresAt < end ? key.expiresAt : end
    return { ok: true as const, value: { ...result.value, oldEndsAt } }
  }
  return (
    <Dialog open={open} onOpenChange={change} size={rotated ? 'large' : 'medium'} keepOpenOutside title={rotated ? `New secret of ${key.name}` : `Rotate ${key.name}`}>
      {rotated ? (
        <SecretReveal
          name={key.name}
          secrets={secretOfKey(rotated.secret)}
          facts={factsOfKey(rotated, { name: key.name, owner: key.owner.name, organization, expiresAt: null, url: baseUrl })}
          stored={stored}
          onStored={setStored}
          onClose={() => change(false)}
        >
          <RotationPair oldHint={key.hint} newHint={hintOfSecret(rotated.secret)} oldEndsAt={rotated.oldEndsAt} />
        </SecretReveal>
      ) : (
        <RotateForm credential={key} rotate={rotate} onDone={setRotated} onCancel={() => onOpenChange(false)} />
      )}
    </Dialog>
  )
}
