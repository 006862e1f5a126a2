'use client'
import { Modal, type ModalProps } from './modal'

/**
 * A dialog in the middle of the page. Inside go DialogBody and DialogFooter, with a Form around both when it asks something.
 * Load it lazily: DialogButton does.
 */
export function Dialog({ size = 'medium', ...props }: ModalProps & { size?: 'small' | 'medium' | 'large' }) {
  return <Modal {...props} className="dialog" size={size} />
}
