import { RelativeTime } from '@/components/ui/relative-time'
import { StatusPill, type Tone } from '@/components/ui/status-pill'
import { TextLink } from '@/components/ui/text-link'
import { KIND_TITLES, type ConnectionKind } from '@/lib/features/sso-connections/rules'

const TONES: Readonly<Record<string, Tone>> = { enabled: 'ok', tested: 'accent', draft: 'neutral', disabled: 'warn' }
const WORDS: Readonly<Record<string, string>> = { enabled: 'Enabled', tested: 'Tested', draft: 'Draft', disabled: 'Disabled' }

export const ConnectionStatus = ({ status }: { status: string }) => <StatusPill tone={TONES[status] ?? 'neutral'}>{WORDS[status] ?? status}</StatusPill>

type ListedConnection = { id: string; name: string; kind: ConnectionKind; status: string; lastSignInAt: Date | null }

/** Connections of the organization; there are few, so this is no table. */
export function ConnectionsList({ org, connections }: { org: string; connections: readonly ListedConnection[] }) {
  if (connections.length === 0) return <p className="text-ink-2">No connection yet. People sign in with a password.</p>
  return (
    <ul className="grid gap-2" aria-label="Connections">
      {connections.map(({ id, name, kind, status, lastSignInAt }) => (
        <li key={id} className="flex flex-wrap items-center gap-3">
          <TextLink href={`/${org}/settings/sign-in/${id}`}>{name}</TextLink>
          <span className="text-ink-2">{KIND_TITLES[kind]}</span>
          <ConnectionStatus status={status} />
          <span className="text-ink-3">{lastSignInAt ? <>Last sign-in <RelativeTime at={lastSignInAt.toISOString()} /></> : 'Nobody has signed in yet'}</span>
        </li>
      ))}
    </ul>
  )
}
