import { KeyValueList } from '@/components/ui/key-value-list'
import { MessagePage } from '@/components/layout/message-page'

type MissingPermissionProps = { permission: string; title: string; description: string; organization: string; grantors: readonly string[]; requestId: string }

/** Says which permission a page needs, what it is for, and who can grant it. */
export function MissingPermission({ permission, title, description, organization, grantors, requestId }: MissingPermissionProps) {
  return (
    <MessagePage code="403" title="You may not open this page">
      <p className="mb-4">
        It needs the permission <b>{title}</b> in {organization}, which none of your roles gives you. {description}
      </p>
      <KeyValueList
        items={[
          { label: 'Permission', value: <code className="mono">{permission}</code> },
          { label: 'Scope', value: organization },
          { label: 'Who can grant it', value: grantors.length > 0 ? grantors.join(', ') : 'nobody at the moment; ask whoever runs this installation' },
          { label: 'Request', value: <code className="mono">{requestId}</code> },
        ]}
      />
    </MessagePage>
  )
}
