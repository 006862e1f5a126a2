'use client'
import { useEffect, useState, useTransition } from 'react'
import { AccessPreview } from '@/components/access-preview/access-preview'
import { refusalText } from '@/components/forms/refusal-text'
import { Banner } from '@/components/ui/banner'
import { Button } from '@/components/ui/button'
import { DialogBody } from '@/components/ui/dialog-body'
import { DialogFooter } from '@/components/ui/dialog-footer'
import { Skeleton } from '@/components/ui/skeleton'
import type { Refusal } from '@/lib/boundary/report'
import { moveResourceAction, previewMoveAction } from '@/lib/features/resources/actions'
import type { MovePreview } from '@/lib/features/resources/move-preview'
import type { Place } from '@/lib/features/resources/rules'
import { tellMoved } from './resource-deeds'

type Answer = { refusal: Refusal } | { moved: MovePreview | null }
type ReviewProps = { org: string; resource: Place; to: Pick<Place, 'id' | 'name'>; onBack: () => void; onDone: () => void }

function Told({ answer, name, to }: { answer: Answer | null; name: string; to: string }) {
  if (answer === null)
    return (
      <div role="status" aria-label="Finding out whose access changes" className="grid gap-3">
        <Skeleton className="h-5 w-1/2" />
        <Skeleton className="h-16 w-full" />
      </div>
    )
  if ('refusal' in answer)
    return (
      <Banner tone="bad" title={answer.refusal.title} live>
        {refusalText(answer.refusal)}
      </Banner>
    )
  if (answer.moved === null) return <Banner>{name} lies in {to} already.</Banner>
  return <AccessPreview preview={answer.moved.preview} />
}

/** Whose access a move changes, before it is made; and making it. */
export function MoveReview({ org, resource, to, onBack, onDone }: ReviewProps) {
  const [answer, setAnswer] = useState<Answer | null>(null)
  const [pending, startTransition] = useTransition()
  useEffect(() => {
    let isCurrent = true
    void previewMoveAction(org, { id: resource.id, parentId: to.id }).then((result) => {
      if (isCurrent) setAnswer(result.ok ? { moved: result.value } : { refusal: result.refusal })
    })
    return () => {
      isCurrent = false
    }
  }, [org, resource.id, to.id])
  const isPossible = answer !== null && 'moved' in answer && answer.moved !== null

  const move = () =>
    startTransition(async () => {
      const result = await moveResourceAction(org, { id: resource.id, parent: to.id })
      if (!result.ok) return setAnswer({ refusal: result.refusal })
      onDone()
      tellMoved(org, resource, to.name, result.value.from)
    })
  return (
    <>
      <DialogBody>
        <Told answer={answer} name={resource.name} to={to.name} />
      </DialogBody>
      <DialogFooter>
        <Button onClick={onBack}>Another place</Button>
        <Button onClick={onDone}>Cancel</Button>
        <Button variant="primary" disabled={!isPossible} pending={pending} onClick={move}>
          Move to {to.name}
        </Button>
      </DialogFooter>
    </>
  )
}
