import { Boxes, CircleUser, FileText, Folder, Shield, Users } from 'lucide-react'
import type { Box } from '@/lib/features/explanations/told'

const ICONS = { who: CircleUser, group: Users, role: Shield, policy: FileText, scope: Folder, resource: Boxes }

/** How a box leads to the one before it. */
const joins = ({ kind, isInherited }: Box): string =>
  kind === 'group' ? 'is in' : kind === 'role' ? 'holds' : kind === 'policy' ? 'has the statement' : isInherited ? 'reaches down to' : 'on'

/** A granting path: from who asks over group and role to the resource; dashed where it is inherited. */
export function PathPicture({ boxes, label }: { boxes: readonly Box[]; label: string }) {
  return (
    <ol className="path-picture" aria-label={label}>
      {boxes.map((box, index) => {
        const Icon = ICONS[box.kind]
        return (
          <li key={index} data-inherited={box.isInherited ? '' : undefined}>
            {index > 0 ? <span className="path-join">{joins(box)}</span> : null}
            <span className="path-box" data-kind={box.kind}>
              <Icon aria-hidden="true" />
              <span className="min-w-0">
                <small>{box.caption}</small>
                <strong>{box.label}</strong>
              </span>
            </span>
          </li>
        )
      })}
    </ol>
  )
}
