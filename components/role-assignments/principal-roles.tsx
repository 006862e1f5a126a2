'use client'
import { Chip } from '@/components/ui/chip'
import { TextLink } from '@/components/ui/text-link'
import type { HeldAssignment, PrincipalRef } from '@/lib/features/role-assignments/rules'
import { AssignmentFacts } from './assignment-facts'
import { AssignmentMenu } from './assignment-menu'
import { GiveRoleButton } from './give-role-button'

type PrincipalRolesProps = {
  org: string
  principal: PrincipalRef & { name: string }
  assignments: readonly HeldAssignment[]
  /** Whether the reader may give roles anywhere. */
  mayGive: boolean
  /** Said when there is none. */
  none?: string
}

/** Everything somebody holds: own roles to change and take away, those through groups dashed with the group they come from. */
export function PrincipalRoles({ org, principal, assignments, mayGive, none = 'No role: only what everybody may do.' }: PrincipalRolesProps) {
  return (
    <div className="grid gap-3">
      {assignments.length === 0 ? <p className="text-ink-2">{none}</p> : null}
      <ul className="divide-y divide-line-soft" aria-label={`Roles of ${principal.name}`}>
        {assignments.map((assignment) => (
          <li key={assignment.id} className="flex items-start gap-2 py-2 first:pt-0 last:pb-0">
            <div className="grid min-w-0 flex-1 gap-1">
              <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
                <Chip label={assignment.role.title} detail={assignment.scope.name} dashed={assignment.via !== null || assignment.isEnded} />
                {assignment.via ? (
                  <span className="text-[13px] text-ink-2">
                    through <TextLink href={`/${org}/groups/${assignment.via.id}`}>{assignment.via.name}</TextLink>
                  </span>
                ) : null}
              </div>
              <AssignmentFacts assignment={assignment} />
            </div>
            {assignment.via === null ? <AssignmentMenu org={org} assignment={assignment} /> : null}
          </li>
        ))}
      </ul>
      {mayGive ? (
        <div>
          <GiveRoleButton org={org} target={{ principal }} />
        </div>
      ) : null}
    </div>
  )
}
