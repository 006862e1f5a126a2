'use client'
import { Expires } from '@/components/credentials/expires'
import { askToConfirm } from '@/components/forms/confirm'
import { Button } from '@/components/ui/button'
import { DialogButton } from '@/components/ui/dialog-button'
import { RelativeTime } from '@/components/ui/relative-time'
import { StatusPill } from '@/components/ui/status-pill'
import { toast } from '@/components/ui/toast'
import { deleteScimTokenAction, updateScimTokenAction } from '@/lib/features/provisioning/actions'
import type { TokenRow } from '@/lib/features/provisioning/rules'

const load = () => import('./rotate-scim-token').then((module) => module.RotateScimToken)

/** Tokens of a directory: to rotate, with a while in which both work, and to revoke. */
export function TokenList({ org, baseUrl, tokens }: { org: string; baseUrl: string; tokens: readonly TokenRow[] }) {
  const rehearse = ({ id, name, rehearses }: TokenRow) => askToConfirm({
    title: rehearses ? `Let ${name} count?` : `Rehearse with ${name}?`,
    description: rehearses
      ? 'From now on what comes with this token is done. What was rehearsed is not done by itself: your identity provider sends it again, Entra with its next cycles, Okta when you retry its failed tasks.'
      : 'From now on nothing that comes with this token is changed. Each request is carried out, noted with whose access it would change, and taken back; where it would change something your identity provider gets an error that says so. Reading goes on as ever.',
    confirmLabel: rehearses ? 'Let it count' : 'Rehearse',
    onConfirm: () => updateScimTokenAction(org, { id, rehearses: !rehearses }), onDone: () => toast({ title: rehearses ? `${name} counts` : `${name} rehearses` }),
  })
  const revoke = ({ id, name }: TokenRow) => askToConfirm({
    title: `Revoke ${name}?`, description: 'Your identity provider is refused at once. What it brought stays, and stays its to decide.', confirmLabel: 'Revoke token', danger: true,
    onConfirm: () => deleteScimTokenAction(org, { id }), onDone: () => toast({ title: `Revoked ${name}` }),
  })
  return (
    <div className="grid gap-3">
      {tokens.length === 0 ? <p className="text-ink-2">No token: the directory is refused until it gets one.</p> : null}
      <ul className="grid gap-3" aria-label="SCIM tokens">
        {tokens.map((token) => (
          <li key={token.id} className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <strong>{token.name}</strong>
            <code>{token.hint}</code>
            <StatusPill tone={token.status === 'active' ? 'ok' : 'neutral'}>{token.status === 'active' ? 'Active' : 'Expired'}</StatusPill>
            {token.rehearses ? <StatusPill tone="accent">Rehearses</StatusPill> : null}
            <span className="text-ink-2">
              Last used <RelativeTime at={token.lastUsedAt} never="never" />
              {token.expiresAt === null ? null : (
                <>
                  {token.replacedBy === null ? ' · ends ' : ' · '}
                  <Expires credential={token} />
                </>
              )}
            </span>
            <span className="flex gap-2">
              <DialogButton size="small" load={load} dialogProps={{ org, baseUrl, token }} isGone={token.replacedBy !== null || token.status === 'expired'}>
                Rotate
              </DialogButton>
              <Button size="small" onClick={() => rehearse(token)}>
                {token.rehearses ? 'Let it count' : 'Rehearse'}
              </Button>
              <Button size="small" onClick={() => revoke(token)}>
                Revoke
              </Button>
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}
