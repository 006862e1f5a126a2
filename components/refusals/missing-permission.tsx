import { MessagePage } from '@/components/layout/message-page'
import { KeyValueList } from '@/components/ui/key-value-list'
import { LinkButton } from '@/components/ui/link-button'
import type { PageRefusal } from '@/lib/request'

type MissingPermissionProps = PageRefusal & { requestId: string }

/** Says which permission a page needs and where, what came near, which roles carry it, and who can give it. */
export function MissingPermission({ permission, title, description, scope, grantors, near, roles, explainHref, requestId }: MissingPermissionProps) {
  return (
    <MessagePage
      code="403" title="You may not open this page"
      actions={explainHref ? <LinkButton href={explainHref}>Explain why</LinkButton> : undefined}
    >
      <p className="mb-4">
        It needs the permission <b>{title}</b> in {scope}, which none of your roles gives you there. {description}
      </p>
      {near.length > 0 ? (
        <>
          <p>Your roles came near:</p>
          <ul className="mb-4 list-disc pl-5">
            {near.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </>
      ) : null}
      <KeyValueList
        items={[
          { label: 'Permission', value: <code className="mono">{permission}</code> },
          { label: 'Scope', value: scope },
          ...(roles.length > 0 ? [{ label: 'Roles that carry it', value: roles.join(', ') }] : []),
          { label: 'Who can grant it', value: grantors.length > 0 ? grantors.join(', ') : 'nobody at the moment; ask whoever runs this installation' },
          { label: 'Request', value: <code className="mono">{requestId}</code> },
        ]}
      />
    </MessagePage>
  )
}
