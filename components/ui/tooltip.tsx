'use client'
import { Tooltip as Base } from '@base-ui/react/tooltip'
import type { ReactElement } from 'react'
import { usePortalPlace } from './portal-place'

/** A hint on a control. Never the only place of an information, and not for touch: give the control its own name. */
export function Tooltip({ content, children }: { content: string; children: ReactElement<Record<string, unknown>> }) {
  const place = usePortalPlace()
  return (
    <Base.Root>
      <Base.Trigger delay={400} render={children} />
      <Base.Portal container={place}>
        <Base.Positioner className="layer" sideOffset={6}>
          <Base.Popup className="tooltip" role="tooltip">
            {content}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
