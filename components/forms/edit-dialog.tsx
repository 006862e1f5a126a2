'use client'
import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { DialogBody } from '@/components/ui/dialog-body'
import type { LazyDialogProps } from '@/components/ui/dialog-button'
import { DialogFooter } from '@/components/ui/dialog-footer'
import { toast } from '@/components/ui/toast'
import type { ActionResult } from '@/lib/boundary/result'
import { ActionForm } from './action-form'
import { FormOutcome } from './form-outcome'
import { SubmitButton } from './submit-button'

type EditDialogProps<V> = LazyDialogProps & {
  title: string
  description?: string
  size?: 'small' | 'medium'
  /** A click outside does not close it, for what takes long to type. */
  keepOpenOutside?: boolean
  run: (data: FormData) => Promise<ActionResult<V>>
  /** What is told once it is saved; left out, the page itself shows it. */
  saved?: (value: V) => string
  onSaved?: (() => void) | undefined
  children: ReactNode
}

/** A dialog that changes something that is there: its fields, *Cancel* and *Save*. Closes when it is saved. */
export function EditDialog<V>({ title, description, size = 'medium', keepOpenOutside = false, run, saved, onSaved, open, onOpenChange, children }: EditDialogProps<V>) {
  const done = (value: V) => {
    onOpenChange(false)
    onSaved?.()
    if (saved) toast({ title: saved(value) })
  }
  return (
    <Dialog open={open} onOpenChange={onOpenChange} size={size} title={title} {...(description !== undefined && { description })} keepOpenOutside={keepOpenOutside}>
      <ActionForm outcome={false} run={run} onDone={done}>
        <DialogBody>
          <div className="fields">
            <FormOutcome />
            {children}
          </div>
        </DialogBody>
        <DialogFooter>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <SubmitButton>Save</SubmitButton>
        </DialogFooter>
      </ActionForm>
    </Dialog>
  )
}
