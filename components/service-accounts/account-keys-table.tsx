'use client'
import { useMemo } from 'react'
import { KeysTable, type KeysTableProps } from '@/components/api-keys/keys-table'
import { accountKeyDoors } from './account-key-doors'

/** Keys of one service account. */
export function AccountKeysTable({ org, accountId, ...props }: Omit<KeysTableProps, 'doors'> & { org: string; accountId: string }) {
  const doors = useMemo(() => accountKeyDoors(org, accountId), [org, accountId])
  return <KeysTable {...props} doors={doors} />
}
