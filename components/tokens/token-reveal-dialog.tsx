'use client'
import { SecretReveal } from '@/components/credentials/secret-reveal'
import { UsageExample } from '@/components/credentials/usage-example'
import { useGuardedClose } from '@/components/credentials/use-guarded-close'
import { Dialog } from '@/components/ui/dialog'
import { factsOfToken, secretsOfToken, TOKEN_VARIABLE, type MadeToken } from './token-secret'

export type RevealedToken = { made: MadeToken; description: string; role: string; scope: string; expiresAt: string | null }

/** Client ID, Client Secret and Token, shown this once. */
export function TokenRevealDialog({ token, organization, baseUrl, onClose }: { token: RevealedToken; organization: string; baseUrl: string; onClose: () => void }) {
  const { stored, setStored, change } = useGuardedClose(true, onClose)
  const { made, description, role, scope, expiresAt } = token
  return (
    <Dialog open onOpenChange={change} size="large" keepOpenOutside title={`Token of the role ${role}`} description={scope === organization ? undefined : `It holds in ${scope} and below.`}>
      <SecretReveal
        name={description || `token ${role}`}
        secrets={secretsOfToken(made)}
        facts={factsOfToken(made, { description, role, scope, organization, expiresAt, url: baseUrl })}
        stored={stored}
        onStored={setStored}
        onClose={() => change(false)}
      >
        <p className="text-ink-2">The token goes into the header Authorization. Client ID and Client Secret are its two halves, for drivers and for HTTP Basic.</p>
        <UsageExample baseUrl={baseUrl} variable={TOKEN_VARIABLE} />
      </SecretReveal>
    </Dialog>
  )
}
