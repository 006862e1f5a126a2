'use client'
import { useMemo } from 'react'
import { KeysTable, type KeysTableProps } from './keys-table'
import { ownKeyDoors } from './own-key-doors'

/** Keys of people: one's own, or everybody's. */
export function PeopleKeysTable({ org, ...props }: Omit<KeysTableProps, 'doors'> & { org: string }) {
  const doors = useMemo(() => ownKeyDoors(org), [org])
  return <KeysTable {...props} doors={doors} />
}
