'use client'
import { AlertDialog } from '@base-ui/react/alert-dialog'
import { useId, useRef, useState, useTransition, type SubmitEvent } from 'react'
import { askForIdentity } from '@/components/identity/ask'
import { Banner } from '@/components/ui/banner'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/input'
import { Label } from '@/components/ui/label'
import type { Confirmation } from './confirm'
import { refusalText } from './refusal-text'

/** The question itself: focus begins on Cancel, or on the name to type. It stays while the deed goes on, and shows why it failed. */
export function ConfirmDialog({ confirmation }: { confirmation: Confirmation }) {
  const { title, description, confirmLabel, danger = false, typedName, onConfirm, onDone } = confirmation
  const [open, setOpen] = useState(true)
  const [typed, setTyped] = useState('')
  const [failure, setFailure] = useState<string | null>(null)
  const [pending, startTransition] = useTransition()
  const cancel = useRef<HTMLButtonElement>(null)
  const input = useRef<HTMLInputElement>(null)
  const id = useId()
  const isReady = typedName === undefined || typed.trim() === typedName

  function submit(event: SubmitEvent) {
    event.preventDefault()
    if (!isReady || pending) return
    startTransition(async () => {
      const problem = await doIt(onConfirm).then(problemOf, () => 'The server did not answer. Check the connection and try again.')
      if (problem !== undefined) return setFailure(problem)
      setOpen(false)
      onDone?.()
    })
  }
  return (
    <AlertDialog.Root open={open} onOpenChange={(next) => !pending && setOpen(next)}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="scrim" />
        <AlertDialog.Popup className="dialog" data-size="small" initialFocus={typedName === undefined ? cancel : input}>
          <form onSubmit={submit}>
            <div className="dialog-head">
              <AlertDialog.Title>{title}</AlertDialog.Title>
            </div>
            <div className="dialog-body grid gap-4">
              <AlertDialog.Description render={<div className="text-ink-2" />}>{description}</AlertDialog.Description>
              {typedName === undefined ? null : (
                <div>
                  <Label htmlFor={id}>Type {typedName} to confirm</Label>
                  <Input
                    ref={input}
                    id={id}
                    className="mt-1"
                    value={typed}
                    onChange={(event) => setTyped(event.currentTarget.value)}
                    autoComplete="off"
                    spellCheck={false}
                  />
                </div>
              )}
              {failure ? (
                <Banner tone="bad" live>
                  {failure}
                </Banner>
              ) : null}
            </div>
            <div className="dialog-foot">
              <AlertDialog.Close ref={cancel} className="btn">
                Cancel
              </AlertDialog.Close>
              <Button type="submit" variant={danger ? 'danger' : 'primary'} pending={pending} disabled={!isReady}>
                {confirmLabel}
              </Button>
            </div>
          </form>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}

type Answer = Awaited<ReturnType<Confirmation['onConfirm']>>

/** Does it; where a proof of who one is was missing, asks for it and does it again. */
async function doIt(onConfirm: Confirmation['onConfirm']): Promise<Answer> {
  const answer = await onConfirm()
  if (typeof answer !== 'object' || answer.ok || answer.refusal.code !== 'confirmation-required') return answer
  return (await askForIdentity()) ? onConfirm() : answer
}

function problemOf(answer: Answer): string | undefined {
  if (typeof answer === 'object') return answer.ok ? undefined : refusalText(answer.refusal)
  return answer ?? undefined
}
