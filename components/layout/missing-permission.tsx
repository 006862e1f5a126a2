import { LockKeyhole } from 'lucide-react'
import { MessagePage } from './message-page'

type MissingPermissionProps = {
  permission: string
  title: string
  description: string
  organization: string
  /** Addresses of people who can give it. */
  grantors: readonly string[]
  requestId: string
}

/** In place of a page one may not see: which permission is missing, what it is for, and who can grant it. */
export function MissingPermission({ permission, title, description, organization, grantors, requestId }: MissingPermissionProps) {
  return (
    <MessagePage icon={<LockKeyhole aria-hidden="true" />} title="You may not open this page">
      <p>
        In {organization} it needs the permission <strong className="font-semibold text-ink">{title}</strong>{' '}
        <span className="mono">{permission}</span>, which none of your roles gives you.
      </p>
      <p className="mt-1">{description}</p>
      {grantors.length > 0 ? (
        <>
          <p className="mt-4">These people can grant it:</p>
          <ul className="mt-1 list-disc pl-5">
            {grantors.map((address) => (
              <li key={address}>
                <a className="text-link" href={`mailto:${address}?subject=${encodeURIComponent(`Permission ${title} in ${organization}`)}`}>
                  {address}
                </a>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <p className="mono dim mt-4">Request {requestId}</p>
    </MessagePage>
  )
}
