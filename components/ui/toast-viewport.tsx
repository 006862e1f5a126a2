'use client'
import { Toast } from '@base-ui/react/toast'
import { CircleAlert, CircleCheck, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { onToast, type ToastMessage } from './toast'

const SHOWN_MS = 6000
const SHOWN_WITH_ACTION_MS = 10_000

/** Base UI's toasts: announced, kept while hovered or focused, reached with F6, swiped away. */
export function ToastViewport({ first }: { first: readonly ToastMessage[] }) {
  const [manager] = useState(() => Toast.createToastManager())
  return (
    <Toast.Provider toastManager={manager} limit={3}>
      <Feed first={first} />
      <Toast.Portal>
        <Toast.Viewport className="toasts">
          <ToastList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  )
}

/** Hands the waiting toasts over once the viewport is there, so that screen readers hear the first one too. */
function Feed({ first }: { first: readonly ToastMessage[] }) {
  const { add, close } = Toast.useToastManager()
  const early = useRef(first)
  useEffect(() => {
    const show = (message: ToastMessage) => {
      const { action, kind = 'done' } = message
      const id = add({
        title: message.title,
        description: message.description,
        type: kind,
        timeout: kind === 'error' ? 0 : action ? SHOWN_WITH_ACTION_MS : SHOWN_MS,
        ...(action ? { actionProps: { children: action.label, onClick: () => (close(id), action.onSelect()) } } : {}),
      })
    }
    early.current.forEach(show)
    early.current = []
    return onToast(show)
  }, [add, close])
  return null
}

/** Toasts are groups of the notifications region, not dialogs as Base UI has it: they take no focus and end nothing. */
function ToastList() {
  const { toasts } = Toast.useToastManager()
  return toasts.map((item) => (
    <Toast.Root key={item.id} toast={item} role="group" aria-modal={undefined} className="toast">
      {item.type === 'error' ? <CircleAlert aria-hidden="true" /> : <CircleCheck aria-hidden="true" />}
      <Toast.Content className="toast-text">
        <Toast.Title />
        <Toast.Description />
      </Toast.Content>
      <Toast.Action className="btn btn-small" />
      <Toast.Close className="btn btn-quiet btn-icon btn-small" aria-label="Close" aria-hidden={undefined}>
        <X aria-hidden="true" />
      </Toast.Close>
    </Toast.Root>
  ))
}
