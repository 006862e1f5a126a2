import { CodeBlock } from '@/components/ui/code-block'
import { KIND_TITLES, type DirectoryKind } from '@/lib/features/provisioning/rules'

/** What is pasted into the identity provider, under the names it has there. */
const VALUES: Readonly<Record<DirectoryKind, readonly (readonly [label: string, value: (baseUrl: string) => string])[]>> = {
  okta: [['SCIM connector base URL', (url) => url], ['Unique identifier field for users', () => 'userName']],
  entra: [['Tenant URL', (url) => url]],
  other: [['Base URL', (url) => url]],
}

const STEPS: Readonly<Record<DirectoryKind, readonly string[]>> = {
  okta: [
    'In your Okta application, under General, App Settings, choose SCIM provisioning; then open the Provisioning tab, Integration, and edit it.',
    'Paste the two values above. Tick Push New Users, Push Profile Updates and Push Groups. Authentication Mode is HTTP Header, Authorization is the token.',
    'Test Connector Configuration: the request appears below at once. Save.',
    'Under To App allow Create Users, Update User Attributes and Deactivate Users.',
    'Assign people under Assignments, and push groups under Push Groups. Assign a group’s people before you push it.',
  ],
  entra: [
    'In the Entra admin centre open your enterprise application, Provisioning, and choose Automatic.',
    'Paste the tenant URL above; the secret token is the token. Test Connection: the request appears below at once. Save.',
    'Keep the attribute mappings: userName, active, displayName, emails, name and externalId. Where the user principal name is no address, map emails[type eq "work"].value to mail.',
    'Assign people and groups under Users and groups, then start provisioning. A cycle takes up to 40 minutes; Provision on demand does one person at once.',
  ],
  other: ['Give it the base URL above, and the token as bearer token in the Authorization header.', 'It may create, change, deactivate and delete users and groups with SCIM 2.0. Sorting and bulk requests are not supported.'],
}

/** What to fill in at the identity provider; unfolded until it has asked for something. */
export function Guide({ kind, baseUrl, isOpen }: { kind: DirectoryKind; baseUrl: string; isOpen: boolean }) {
  return (
    <details open={isOpen} className="min-w-0">
      <summary className="cursor-pointer font-semibold">{kind === 'other' ? 'How to connect it' : `How to connect ${KIND_TITLES[kind]}`}</summary>
      <div className="mt-3 grid grid-cols-[minmax(0,1fr)] gap-3">
        {VALUES[kind].map(([label, value]) => (
          <div key={label}>
            <p className="label mb-1">{label}</p>
            <CodeBlock code={value(baseUrl)} label={label} />
          </div>
        ))}
        <ol className="grid list-decimal gap-1 pl-5">
          {STEPS[kind].map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      </div>
    </details>
  )
}
