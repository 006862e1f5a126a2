'use client'
import { useRouter } from 'next/navigation'
import { askToConfirm } from '@/components/forms/confirm'
import { Button, buttonClass } from '@/components/ui/button'
import { toRoute } from '@/components/ui/route'
import { toast } from '@/components/ui/toast'
import { deleteConnectionAction, disableConnectionAction, enableConnectionAction } from '@/lib/features/sso-connections/actions'

type Props = { org: string; id: string; name: string; status: string; isTested: boolean; testHref: string }

/** Test, enable, disable, delete. */
export function ConnectionState({ org, id, name, status, isTested, testHref }: Props) {
  const router = useRouter()
  const enable = () => askToConfirm({
    title: `Enable ${name}?`, description: 'From now on people of your verified domains can sign in through it.', confirmLabel: 'Enable connection',
    onConfirm: () => enableConnectionAction(org, { id }), onDone: () => toast({ title: `Enabled ${name}` }),
  })
  const disable = () => askToConfirm({
    title: `Disable ${name}?`, description: 'Nobody comes in through it any more, and every session that came through it ends at once.', confirmLabel: 'Disable connection', danger: true,
    onConfirm: () => disableConnectionAction(org, { id }), onDone: () => toast({ title: `Disabled ${name}` }),
  })
  const remove = () => askToConfirm({
    title: `Delete ${name}?`, description: 'Every session that came through it ends at once. Roles that came from its groups stay, as if given by hand.', confirmLabel: 'Delete connection', danger: true,
    onConfirm: () => deleteConnectionAction(org, { id }), onDone: () => router.push(toRoute(`/${org}/settings/sign-in`)),
  })
  return (
    <div className="flex flex-wrap gap-2">
      <a href={testHref} className={buttonClass({})}>Test sign-in</a>
      {status === 'enabled'
        ? <Button onClick={disable}>Disable</Button>
        : <Button variant="primary" onClick={enable} disabled={!isTested} title={isTested ? undefined : 'Test it first'}>Enable</Button>}
      <Button variant="danger" onClick={remove}>Delete</Button>
    </div>
  )
}
