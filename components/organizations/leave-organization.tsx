'use client'

import { askToConfirm } from '@/components/forms/confirm'
import { useRouter } from 'next/navigation'
import { toRoute } from '@/components/ui/route'
import { Button } from '@/components/ui/button'
import { leaveOrganizationAction } from '@/lib/features/organizations/actions'

/** Asks, leaves, and goes to the person's other organizations. */
export function LeaveOrganization({ org, name }: { org: string; name: string }) {
  const router = useRouter()
  const leave = () =>
    askToConfirm({
      title: `Leave ${name}?`,
      description: 'Your roles and API keys in this organization end at once, and its pages close in all your browsers.',
      confirmLabel: 'Leave organization',
      danger: true,
      typedName: name,
      onConfirm: () => leaveOrganizationAction(org, {}),
      onDone: () => router.push(toRoute('/organizations')),
    })
  return <Button onClick={leave}>Leave organization</Button>
}
