'use client'
import { Chip } from '@/components/ui/chip'
import { TextLink } from '@/components/ui/text-link'
import type { AccessRow } from '@/lib/features/role-assignments/rules'
import { AssignmentFacts } from './assignment-facts'
import { AssignmentMenu } from './assignment-menu'
import { PrincipalName } from './principal-name'
import { ReachedMembers } from './reached-members'

type AccessLineProps = {
  org: string
  row: AccessRow
  resourceId: string
  resourceBase?: string | undefined
  onChanged: () => void
}

/** One line of who has access: who, which role, and where it comes from. */
export function AccessLine({ org, row, resourceId, resourceBase, onChanged }: AccessLineProps) {
  const { inheritedFrom } = row
  return (
    <li className="flex items-start gap-2 py-2 first:pt-0 last:pb-0">
      <div className="grid min-w-0 flex-1 gap-1 md:grid-cols-2 md:gap-x-4">
        <div className="grid min-w-0 gap-1">
          <PrincipalName org={org} principal={row.principal} />
          {row.members === null ? null : <ReachedMembers org={org} assignmentId={row.id} resourceId={resourceId} count={row.members} />}
        </div>
        <div className="grid min-w-0 content-start gap-1">
          <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <Chip label={row.role.title} dashed={inheritedFrom !== null || row.isEnded} />
            {inheritedFrom ? (
              <span className="text-[13px] text-ink-2">
                from {resourceBase ? <TextLink href={`${resourceBase}${inheritedFrom.id}`}>{inheritedFrom.name}</TextLink> : inheritedFrom.name}
              </span>
            ) : null}
          </div>
          <AssignmentFacts assignment={row} />
        </div>
      </div>
      {inheritedFrom === null ? <AssignmentMenu org={org} assignment={row} onChanged={onChanged} /> : null}
    </li>
  )
}
