'use client'
import { MoreHorizontal } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { lazy, Suspense, useState } from 'react'
import { MenuButton } from '@/components/ui/menu-button'
import { toRoute } from '@/components/ui/route'
import type { AccountRow } from '@/lib/features/service-accounts/page-rules'
import { accountChanges } from './account-menu'

const EditAccountDialog = lazy(() => import('./edit-account-dialog').then((module) => ({ default: module.EditAccountDialog })))

/** The menu at the top of an account's page. After deleting, the list is where to go. */
export function AccountActions({ org, account }: { org: string; account: AccountRow }) {
  const [editing, setEditing] = useState(false)
  const router = useRouter()
  const back = () => router.push(toRoute(`/${org}/service-accounts`))
  return (
    <>
      <MenuButton label={`Actions for ${account.name}`} icon={<MoreHorizontal aria-hidden="true" />} items={accountChanges(org, account, () => setEditing(true), back)} />
      {editing ? (
        <Suspense>
          <EditAccountDialog org={org} account={account} open onOpenChange={setEditing} />
        </Suspense>
      ) : null}
    </>
  )
}
