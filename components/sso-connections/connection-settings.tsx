'use client'
import { ActionForm } from '@/components/forms/action-form'
import { SubmitButton } from '@/components/forms/submit-button'
import { TextField } from '@/components/forms/text-field'
import { Switch } from '@/components/ui/switch'
import { toast } from '@/components/ui/toast'
import { updateConnectionAction } from '@/lib/features/sso-connections/actions'
import type { AttributeMapping, ConnectionKind } from '@/lib/features/sso-connections/rules'

type Shown = { id: string; kind: ConnectionKind; name: string; issuer: string; clientId: string; hasClientSecret: boolean; assumesVerified: boolean; attributes: AttributeMapping; allowedDomains: readonly string[] }

const domainsIn = (text: string): string[] => text.split(/[\s,]+/).filter(Boolean)

/** Everything of a connection that is typed. An empty secret leaves the one there is. */
export function ConnectionSettings({ org, connection }: { org: string; connection: Shown }) {
  const { id, kind, attributes } = connection
  const isOidc = kind !== 'saml'
  const save = (data: FormData) => {
    const text = (name: string) => String(data.get(name) ?? '')
    const secret = text('clientSecret')
    return updateConnectionAction(org, {
      id, name: text('name'), allowedDomains: domainsIn(text('allowedDomains')),
      attributes: { email: text('attributes.email'), name: text('attributes.name'), groups: text('attributes.groups') },
      ...(isOidc && { clientId: text('clientId'), ...(secret && { clientSecret: secret }), ...(kind !== 'google' && { issuer: text('issuer') }), ...(kind === 'oidc' && { assumesVerified: data.get('assumesVerified') === 'on' }) }),
    })
  }
  return (
    <ActionForm className="fields max-w-[560px]" label="Connection settings" run={save} onDone={() => toast({ title: 'Saved the connection' })}>
      <TextField name="name" label="Name" defaultValue={connection.name} />
      {isOidc && kind !== 'google' ? (
        <TextField name="issuer" label="Issuer" type="url" defaultValue={connection.issuer} hint={kind === 'okta' ? 'Your Okta address, such as https://example.okta.com' : 'The address that the provider calls its issuer'} />
      ) : null}
      {isOidc ? <TextField name="clientId" label="Client ID" defaultValue={connection.clientId} autoComplete="off" /> : null}
      {isOidc ? <TextField name="clientSecret" label="Client secret" type="password" autoComplete="off" hint={connection.hasClientSecret ? 'There is one. Leave this empty to keep it.' : 'It is sealed and never shown again.'} /> : null}
      {kind === 'oidc' ? (
        <Switch name="assumesVerified" defaultChecked={connection.assumesVerified} label="This provider verifies every address" detail="Only for providers that send no email_verified. An address that is told to be unverified is refused all the same." />
      ) : null}
      <TextField name="allowedDomains" label="Domains" optional defaultValue={connection.allowedDomains.join(', ')} hint="Which of your verified domains it serves. Empty: all of them." />
      <fieldset className="grid gap-3">
        <legend className="label mb-2">Attributes</legend>
        <TextField name="attributes.email" label="E-mail address" optional defaultValue={attributes.email ?? ''} hint="Empty: the usual name, email" />
        <TextField name="attributes.name" label="Name of the person" optional defaultValue={attributes.name ?? ''} hint="Empty: name" />
        <TextField name="attributes.groups" label="Groups" optional defaultValue={attributes.groups ?? ''} hint="Empty: groups" />
      </fieldset>
      <div><SubmitButton>Save connection</SubmitButton></div>
    </ActionForm>
  )
}
