'use client'
import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import { useState, type ReactNode, type RefObject } from 'react'
import { PortalPlace } from './portal-place'

export type ModalProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  description?: ReactNode
  children: ReactNode
  /** Where focus goes on opening; by default the first control of the body. */
  initialFocus?: RefObject<HTMLElement | null> | undefined
  /** Where focus goes on closing; by default back to where it was. */
  finalFocus?: RefObject<HTMLElement | null> | undefined
  /** A press outside does nothing: for forms with much in them. */
  keepOpenOutside?: boolean | undefined
}

type Frame = { className: string; size?: string | undefined }

/** What a dialog and a side panel share: scrim, heading, close button, focus kept inside. */
export function Modal({ className, size, ...props }: ModalProps & Frame) {
  const [popup, setPopup] = useState<HTMLElement | null>(null)
  return (
    <Base.Root open={props.open} onOpenChange={props.onOpenChange} disablePointerDismissal={props.keepOpenOutside ?? false}>
      <Base.Portal>
        <Base.Backdrop className="scrim" />
        <Base.Popup ref={setPopup} className={className} data-size={size} initialFocus={props.initialFocus} finalFocus={props.finalFocus}>
          <div className="dialog-head">
            <div className="min-w-0">
              <Base.Title>{props.title}</Base.Title>
              {props.description ? <Base.Description>{props.description}</Base.Description> : null}
            </div>
            <Base.Close className="btn btn-quiet btn-icon -my-1" aria-label="Close" title="Close">
              <X aria-hidden="true" />
            </Base.Close>
          </div>
          <PortalPlace value={popup}>{props.children}</PortalPlace>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
