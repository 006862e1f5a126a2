'use client'
import { useState, useTransition, type SubmitEvent } from 'react'
import { refusalText } from '@/components/forms/refusal-text'
import { Banner } from '@/components/ui/banner'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { DialogBody } from '@/components/ui/dialog-body'
import type { LazyDialogProps } from '@/components/ui/dialog-button'
import { DialogFooter } from '@/components/ui/dialog-footer'
import { Progress } from '@/components/ui/progress'
import type { ActionResult } from '@/lib/boundary/result'
import type { VerificationReport } from '@/lib/features/audit-events/reading'
import { AnchorNote } from './anchor-note'
import { VerificationResult } from './verification-result'

export type Anchor = { count: number; head: string }

export type VerifyDialogProps = {
  org: string
  anchor: Anchor | null
  /** verifyAuditAction. */
  verify: (org: string, input: { kept?: { count: string; head: string } }) => Promise<ActionResult<VerificationReport>>
}

/** Checks the whole log and says what it found, when, and what to keep outside. */
export function VerifyDialog({ org, anchor, verify, open, onOpenChange }: VerifyDialogProps & LazyDialogProps) {
  const [report, setReport] = useState<VerificationReport | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [pending, startTransition] = useTransition()

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault()
    event.stopPropagation()
    const data = new FormData(event.currentTarget)
    const [count, head] = [String(data.get('count') ?? '').trim(), String(data.get('head') ?? '').trim()]
    const input = count || head ? { kept: { count, head } } : {}
    startTransition(async () => {
      const result = await verify(org, input).catch(() => null)
      setReport(result?.ok ? result.value : null)
      setProblem(result === null ? 'The server did not answer. Check the connection and try again.' : result.ok ? null : refusalText(result.refusal))
    })
  }
  const shown = report?.anchor ?? anchor
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Verify chain"
      description="Checks every entry against its seal, the order and number of entries, and who wrote them. The check is itself put into the log."
    >
      <form onSubmit={submit}>
        <DialogBody>
          <div className="grid gap-4">
            {pending ? (
              <div role="status">
                <p className="mb-2">Checking{shown ? ` ${shown.count.toLocaleString('en')} entries` : ''}</p>
                <Progress label="Checking the chain" />
              </div>
            ) : null}
            {problem && !pending ? <Banner tone="bad" live>{problem}</Banner> : null}
            {report && !pending ? <VerificationResult report={report} org={org} /> : null}
            <AnchorNote anchor={shown} />
            <details>
              <summary className="text-link">Compare with a copy kept outside</summary>
              <div className="mt-2 grid gap-2">
                <label className="label">
                  Count
                  <input className="input mt-1" name="count" inputMode="numeric" autoComplete="off" />
                </label>
                <label className="label">
                  Head
                  <input className="input mono mt-1" name="head" autoComplete="off" spellCheck={false} />
                </label>
              </div>
            </details>
          </div>
        </DialogBody>
        <DialogFooter>
          <Button onClick={() => onOpenChange(false)}>Close</Button>
          <Button type="submit" variant="primary" pending={pending}>
            Verify chain
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  )
}
