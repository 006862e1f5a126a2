/** What a toast says. An error stays until it is closed. */
export type ToastMessage = {
  title: string
  description?: string | undefined
  kind?: 'done' | 'error' | undefined
  /** A button, such as Undo. The toast closes when it is pressed. */
  action?: { label: string; onSelect: () => void } | undefined
}

type Listener = (message: ToastMessage) => void
let listener: Listener | null = null
const waiting: ToastMessage[] = []

/** Shows a toast, from anywhere in the browser; kept until the page can show it. */
export function toast(message: ToastMessage): void {
  if (listener) listener(message)
  else waiting.push(message)
}

/** For Toaster: receives every toast, the waiting ones first. */
export function onToast(next: Listener): () => void {
  listener = next
  for (const message of waiting.splice(0)) next(message)
  return () => {
    if (listener === next) listener = null
  }
}
