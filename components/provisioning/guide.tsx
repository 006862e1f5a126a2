import { CodeBlock } from '@/components/ui/code-block'
import type { DirectoryKind } from '@/lib/features/provisioning/rules'

const STEPS: Readonly<Record<DirectoryKind, readonly string[]>> = {
  okta: [
    'In your Okta application open Provisioning, Integration, and choose SCIM.', 'Base URL: the address above. Unique identifier field: userName. Authentication mode: HTTP Header, with the token.',
    'Tick Push New Users, Push Profile Updates and Push Groups; test the connection.', 'Under To App allow Create Users, Update User Attributes and Deactivate Users, then assign people and push groups.',
  ],
  entra: [
    'In your enterprise application open Provisioning and choose Automatic.', 'Tenant URL: the address above. Secret token: the token. Test the connection.',
    'Keep the attribute mappings as they are: userName, active, displayName, emails, name, externalId.', 'Assign people and groups, then switch provisioning on.',
  ],
  other: ['Give it the address above and the token as bearer token.', 'It may create, change, deactivate and delete users and groups; sorting and bulk requests are not supported.'],
}

/** What to fill in at the identity provider. */
export function Guide({ kind, baseUrl }: { kind: DirectoryKind; baseUrl: string }) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <CodeBlock code={baseUrl} label="Base URL" />
      <ol className="grid list-decimal gap-1 pl-5">
        {STEPS[kind].map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </div>
  )
}
