'use client'
import { useEffect, useState } from 'react'
import { refusalText } from '@/components/forms/refusal-text'
import { findRolesToGiveAction } from '@/lib/features/role-assignments/actions'
import type { RolesToGive } from '@/lib/features/role-assignments/giving'

type Loading = { scopeId: string; roles: RolesToGive | null; failure: string | null }

/** Roles that may be given at a resource, asked for whenever that changes. */
export function useRolesToGive(org: string, scopeId: string | null): { roles: RolesToGive | null; failure: string | null } {
  const [loading, setLoading] = useState<Loading | null>(null)
  useEffect(() => {
    if (scopeId === null) return
    let isGone = false
    const done = (roles: RolesToGive | null, failure: string | null) => !isGone && setLoading({ scopeId, roles, failure })
    findRolesToGiveAction(org, { scopeId }).then(
      (result) => (result.ok ? done(result.value, null) : done(null, refusalText(result.refusal))),
      () => done(null, 'The server did not answer. Close this and try again.'),
    )
    return () => {
      isGone = true
    }
  }, [org, scopeId])
  return loading !== null && loading.scopeId === scopeId ? loading : { roles: null, failure: null }
}
