'use client'
import { useId, useState } from 'react'
import { askToConfirm } from '@/components/forms/confirm'
import { Button } from '@/components/ui/button'
import { Label } from '@/components/ui/label'
import { NativeSelect } from '@/components/ui/native-select'
import { toast } from '@/components/ui/toast'
import { giveRoleAction } from '@/lib/features/explanations/actions'
import type { Fix, ToldExplanation } from '@/lib/features/explanations/told'

type FixListProps = Pick<ToldExplanation, 'fixes' | 'receivers' | 'replaces'> & { org: string }

/** Roles that would grant it, least powerful first: one press and a confirmation give one. */
export function FixList({ org, fixes, receivers, replaces }: FixListProps) {
  const id = useId()
  const [to, setTo] = useState(0)
  const receiver = receivers[to] ?? receivers[0]
  if (!receiver) return null
  return (
    <div className="grid grid-cols-1 gap-3">
      {receivers.length > 1 ? (
        <div className="max-w-sm">
          <Label htmlFor={id}>Give it to</Label>
          <NativeSelect
            id={id} value={String(to)} onChange={(event) => setTo(Number(event.currentTarget.value))}
            options={receivers.map(({ type, name }, index) => ({ value: String(index), label: type === 'group' && index > 0 ? `${name} (group: everybody in it gets the role)` : name }))}
          />
        </div>
      ) : null}
      <ul className="grid grid-cols-1 gap-2" aria-label="What would grant it">
        {fixes.map((fix) => (
          <FixLine key={fix.role.id} org={org} fix={fix} receiver={receiver} replaces={replaces && receiver.type === 'user'} />
        ))}
      </ul>
    </div>
  )
}

type FixLineProps = { org: string; fix: Fix; receiver: ToldExplanation['receivers'][number]; replaces: boolean }

function FixLine({ org, fix: { role, others, places }, receiver, replaces }: FixLineProps) {
  const [placeId, setPlaceId] = useState((places.find(({ disabledReason }) => disabledReason === null) ?? places[0])?.id)
  const place = places.find(({ id }) => id === placeId)
  const whyId = useId()
  if (!place) return null
  function give() {
    if (!place) return
    askToConfirm({
      title: `Give ${receiver.name} the role ${role.title} on ${place.name}?`, confirmLabel: 'Give role',
      description: `${role.description} ${others > 0 ? `${others} other permissions come with it, there and below.` : 'It permits nothing else.'}${replaces ? ' It replaces the role held now.' : ''}`,
      onConfirm: () => giveRoleAction(org, { principal: { type: receiver.type, id: receiver.id }, role: role.id, scope: place.id, reason: 'given from Explain' }),
      onDone: () => toast({ title: `${receiver.name} holds ${role.title} on ${place.name}` }),
    })
  }
  return (
    <li className="fix">
      <div className="fix-words">
        <p>
          <strong className="font-medium">{role.title}</strong> <span className="text-[13px] text-ink-3">{others === 0 ? 'nothing else' : `${others} other permissions`}</span>
        </p>
        <p className="text-[13px] text-ink-2">{role.description}</p>
        {place.disabledReason ? (
          <p id={whyId} className="text-[13px] text-ink-3">
            {place.disabledReason}.
          </p>
        ) : null}
      </div>
      <div className="flex min-w-0 max-w-full flex-wrap items-center gap-2">
        {places.length > 1 ? (
          <NativeSelect className="w-auto max-w-full" aria-label={`Where to give ${role.title}`} value={place.id} onChange={(event) => setPlaceId(event.currentTarget.value)} options={places.map(({ id, name, typeTitle }) => ({ value: id, label: `on ${name} (${typeTitle.toLowerCase()})` }))} />
        ) : (
          <span className="text-ink-2">on {place.name}</span>
        )}
        <Button onClick={give} disabled={place.disabledReason !== null} aria-describedby={place.disabledReason ? whyId : undefined} aria-label={`Give ${role.title}`}>
          Give
        </Button>
      </div>
    </li>
  )
}
