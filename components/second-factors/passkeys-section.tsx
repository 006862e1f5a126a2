'use client'
import { Section } from '@/components/layout/section'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { DialogButton } from '@/components/ui/dialog-button'
import { RelativeTime } from '@/components/ui/relative-time'
import type { PasskeyRow } from '@/lib/features/second-factors/view'
import { removePasskey, type Stakes } from './removal'

const loadAdd = () => import('./add-passkey-dialog').then((module) => module.AddPasskeyDialog)
const loadRename = () => import('./rename-passkey-dialog').then((module) => module.RenamePasskeyDialog)

type PasskeysSectionProps = { passkeys: readonly PasskeyRow[]; email: string; stakes: Stakes; /** Whether browsers give passkeys to this address. */ isPossible: boolean }

/** Passkeys of the signed-in person. */
export function PasskeysSection({ passkeys, email, stakes, isPossible }: PasskeysSectionProps) {
  return (
    <Section
      title="Passkeys"
      description="Proven by a device: fingerprint, face, PIN, or a key that you plug in. They cannot be phished."
      actions={
        isPossible ? (
          <DialogButton name="passkey" load={loadAdd} dialogProps={{ email }}>
            Add passkey
          </DialogButton>
        ) : null
      }
    >
      {isPossible ? null : <p className="text-ink-2">Browsers give passkeys to names only, and Gatehouse is reached by an address here. Whoever runs it can set `GATEHOUSE_URL` to a name.</p>}
      {passkeys.length === 0 && isPossible ? <p className="text-ink-2">None yet.</p> : null}
      <ul aria-label="Passkeys" className="divide-y divide-line-soft">
        {passkeys.map((passkey) => (
          <li key={passkey.id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3 first:pt-0 last:pb-0">
            <div className="min-w-0">
              <p className="flex flex-wrap items-center gap-x-2 font-medium">
                {passkey.name}
                {passkey.isSynced ? <Badge>Synced</Badge> : null}
              </p>
              <p className="dim text-[13px]">
                Added <RelativeTime at={passkey.createdAt} />, last used <RelativeTime at={passkey.lastUsedAt} never="never" />
              </p>
            </div>
            <div className="flex gap-2">
              <DialogButton size="small" load={loadRename} dialogProps={{ passkey }}>
                Rename
              </DialogButton>
              <Button size="small" aria-label={`Remove ${passkey.name}`} onClick={() => removePasskey(passkey, stakes)}>
                Remove…
              </Button>
            </div>
          </li>
        ))}
      </ul>
    </Section>
  )
}
