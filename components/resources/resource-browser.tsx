'use client'
import { ListTree } from 'lucide-react'
import { useId, useState, type ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { ResourceDialogs } from './resource-dialogs'
import { ResourceTree, type ResourceTreeProps } from './resource-tree'

/** The tree beside what is chosen in it; on a phone the tree opens above. */
export function ResourceBrowser({ children, ...given }: ResourceTreeProps & { children: ReactNode }) {
  const [isOpen, setOpen] = useState(false)
  const id = useId()
  return (
    <div className="browser">
      <nav className="browser-tree" aria-label={`Tree of ${given.label.toLowerCase()}`}>
        <Button className="browser-toggle" size="small" icon={<ListTree aria-hidden="true" />} aria-expanded={isOpen} aria-controls={id} onClick={() => setOpen(!isOpen)}>
          {isOpen ? 'Hide tree' : 'Show tree'}
        </Button>
        <div id={id} className="browser-panel" data-open={isOpen ? '' : undefined}>
          <ResourceTree {...given} />
        </div>
      </nav>
      <div className="browser-page">{children}</div>
      <ResourceDialogs org={given.org} />
    </div>
  )
}
