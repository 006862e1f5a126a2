'use client'
import { usePathname, useRouter, useSearchParams } from 'next/navigation'
import { useEffect, useState, type ComponentType, type ReactNode } from 'react'
import { Button, type ButtonLook } from './button'
import { toRoute } from './route'

/** What a dialog loaded by DialogButton must take. */
export type LazyDialogProps = { open: boolean; onOpenChange: (open: boolean) => void }

type DialogButtonProps<P extends object> = ButtonLook & {
  /** Fetches the dialog, declared outside the component: `() => import('./invite-dialog').then((m) => m.InviteDialog)`. */
  load: () => Promise<ComponentType<P & LazyDialogProps>>
  dialogProps: P
  /** Opens also when the address says `?dialog=<name>`, so that links and the command palette can. */
  name?: string
  icon?: ReactNode
  /** Without the button, though a dialog that is open stays: what it did may be why the button went. */
  isGone?: boolean
  children: ReactNode
}

/** A button that opens a dialog, whose script is fetched when the pointer or the focus comes near. */
export function DialogButton<P extends object>({ load, dialogProps, name, isGone = false, children, ...look }: DialogButtonProps<P>) {
  const [Loaded, setLoaded] = useState<ComponentType<P & LazyDialogProps> | null>(null)
  const router = useRouter()
  const pathname = usePathname()
  const params = useSearchParams()
  const asked = name !== undefined && params.get('dialog') === name
  const [open, setOpen] = useState(asked)
  const [wasAsked, setWasAsked] = useState(asked)
  if (asked !== wasAsked) {
    setWasAsked(asked)
    setOpen(asked)
  }
  const prepare = () => void load().then((component) => setLoaded(() => component))
  useEffect(() => {
    if (open) void load().then((component) => setLoaded(() => component))
  }, [open, load])

  function change(next: boolean) {
    setOpen(next)
    if (next || !asked) return
    const rest = new URLSearchParams(params)
    rest.delete('dialog')
    router.replace(toRoute(rest.size > 0 ? `${pathname}?${rest}` : pathname), { scroll: false })
  }
  return (
    <>
      {isGone ? null : (
        <Button {...look} aria-haspopup="dialog" aria-expanded={open} onPointerEnter={prepare} onFocus={prepare} onClick={() => change(true)}>
          {children}
        </Button>
      )}
      {Loaded ? <Loaded {...dialogProps} open={open} onOpenChange={change} /> : null}
    </>
  )
}
