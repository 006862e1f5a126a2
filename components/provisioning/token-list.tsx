'use client'
import { useState } from 'react'
import { askToConfirm } from '@/components/forms/confirm'
import { Banner } from '@/components/ui/banner'
import { Button } from '@/components/ui/button'
import { CodeBlock } from '@/components/ui/code-block'
import { RelativeTime } from '@/components/ui/relative-time'
import { StatusPill } from '@/components/ui/status-pill'
import { toast } from '@/components/ui/toast'
import { deleteScimTokenAction, rotateScimTokenAction, updateScimTokenAction } from '@/lib/features/provisioning/actions'
import type { TokenRow } from '@/lib/features/provisioning/rules'

const OVERLAP_HOURS = 24

/** Tokens of a directory: to rotate with a day in which both work, and to revoke. */
export function TokenList({ org, tokens }: { org: string; tokens: readonly TokenRow[] }) {
  const [secret, setSecret] = useState<string | null>(null)
  const rotate = ({ id, name }: TokenRow) => askToConfirm({
    title: `Rotate ${name}?`, description: `A new token takes its place. The old one works for another ${OVERLAP_HOURS} hours, so that you can paste the new one without a gap.`, confirmLabel: 'Rotate token',
    onConfirm: async () => {
      const result = await rotateScimTokenAction(org, { id, overlapHours: OVERLAP_HOURS })
      if (result.ok) setSecret(result.value.secret)
      return result
    },
  })
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
                  {' · ends '}
                  <RelativeTime at={token.expiresAt} />
                </>
              )}
            </span>
            <span className="flex gap-2">
              {token.replacedBy === null && token.status === 'active' ? (
                <Button size="small" onClick={() => rotate(token)}>
                  Rotate
                </Button>
              ) : null}
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
      {secret === null ? null : (
        <Banner tone="warn" title="The new token is shown this once" live>
          <CodeBlock code={secret} label="New SCIM token" />
        </Banner>
      )}
    </div>
  )
}
