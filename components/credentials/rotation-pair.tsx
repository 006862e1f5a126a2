'use client'
import { ArrowRight } from 'lucide-react'
import { useNow } from '@/components/ui/server-time'
import { StatusPill } from '@/components/ui/status-pill'
import { timeLeft } from './rotation'

type RotationPairProps = { oldHint: string; newHint: string; /** When the old one stops; null: it has. */ oldEndsAt: string | null }

/** Both halves of a rotation: the old secret with the time it has left, and the new one. */
export function RotationPair({ oldHint, newHint, oldEndsAt }: RotationPairProps) {
  const { now } = useNow()
  const isOver = oldEndsAt === null || Date.parse(oldEndsAt) <= now
  return (
    <div role="group" aria-label="Rotation" className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-md border border-line p-3">
      <span className="grid gap-1">
        <code className="mono text-[13px]">{oldHint}</code>
        <StatusPill tone={isOver ? 'neutral' : 'warn'}>{isOver ? 'Stopped' : `Works for ${timeLeft(oldEndsAt, now)} more`}</StatusPill>
      </span>
      <ArrowRight aria-hidden="true" className="size-4 text-ink-3" />
      <span className="grid gap-1">
        <code className="mono text-[13px]">{newHint}</code>
        <StatusPill tone="ok">Works from now on</StatusPill>
      </span>
    </div>
  )
}
