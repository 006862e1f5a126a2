import type { ReactNode } from 'react'

/** The buttons of a dialog: cancel first, the deed last; `start` stands apart on the left. */
export function DialogFooter({ start, children }: { start?: ReactNode; children: ReactNode }) {
  return (
    <div className="dialog-foot">
      {start ? <div className="start">{start}</div> : null}
      {children}
    </div>
  )
}
