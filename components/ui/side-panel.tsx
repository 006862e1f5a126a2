'use client'
import { Modal, type ModalProps } from './modal'

/** A dialog at the right edge, for the details of a row. Inside go DialogBody and, if it acts, DialogFooter. */
export function SidePanel(props: ModalProps) {
  return <Modal {...props} className="sheet" />
}
