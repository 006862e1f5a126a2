'use client'
import { useEffect, useState } from 'react'
import { refusalText } from '@/components/forms/refusal-text'
import { findRolePickingAction } from '@/lib/features/roles/actions'
import type { RolePicking } from '@/lib/features/roles/choices'

type Loading = { picking: RolePicking | null; failure: string | null }

/** Roles and places to choose from, asked for when the form appears. */
export function useRolePicking(org: string): Loading {
  const [loading, setLoading] = useState<Loading>({ picking: null, failure: null })
  useEffect(() => {
    let isGone = false
    findRolePickingAction(org, {}).then(
      (result) => !isGone && setLoading(result.ok ? { picking: result.value, failure: null } : { picking: null, failure: refusalText(result.refusal) }),
      () => !isGone && setLoading({ picking: null, failure: 'The server did not answer. Close this and try again.' }),
    )
    return () => {
      isGone = true
    }
  }, [org])
  return loading
}
