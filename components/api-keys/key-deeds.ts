import { lastUseInWords } from '@/components/credentials/credential-facts'
import { askToConfirm } from '@/components/forms/confirm'
import { tellAnswers, tellOrExplain } from '@/components/forms/tell-answers'
import { countOf } from '@/components/members/member-words'
import type { KeyRow } from '@/lib/features/api-keys/page-rules'
import type { KeyDoors } from './key-doors'

type Doors = Pick<KeyDoors, 'suspend' | 'resume' | 'revoke'>
type Key = Pick<KeyRow, 'id' | 'name' | 'lastUsedAt' | 'lastUsedIp'>

const idsOf = (keys: readonly Key[]): string[] => keys.map(({ id }) => id)
const named = (keys: readonly Key[], done: number): string => (done === 1 && keys.length === 1 ? (keys[0]?.name ?? '1 key') : countOf(done, 'key'))

export async function resumeKeys(doors: Doors, keys: readonly Key[]): Promise<void> {
  tellAnswers(await doors.resume(idsOf(keys)), { done: (count) => `Resumed ${named(keys, count)}`, description: 'It works again, as before.' })
}

/** Suspends at once, since it can be undone. */
export async function suspendKeys(doors: Doors, keys: readonly Key[]): Promise<void> {
  const undo = (ids: string[]) => void resumeKeys(doors, keys.filter(({ id }) => ids.includes(id)))
  tellAnswers(await doors.suspend(idsOf(keys)), { done: (count) => `Suspended ${named(keys, count)}`, description: 'Requests with it are refused until it is resumed.', undo })
}

/** Last use first: who revokes should know whether something still depends on it. */
export function revokeKeys(doors: Doors, keys: readonly Key[], onDone?: () => void): void {
  const [only] = keys.length === 1 ? keys : []
  const used = keys.filter(({ lastUsedAt }) => lastUsedAt !== null).length
  const first = only ? lastUseInWords(only, Date.now()) : used === 0 ? 'None of them was ever used.' : `${used} of them ${used === 1 ? 'was' : 'were'} used.`
  askToConfirm({
    title: only ? `Revoke ${only.name}?` : `Revoke ${countOf(keys.length, 'key')}?`,
    description: `${first} Whatever uses ${only ? 'it' : 'them'} fails from now on. This cannot be undone; to stop ${only ? 'it' : 'them'} for a while, suspend instead.`,
    confirmLabel: only ? 'Revoke key' : 'Revoke keys',
    danger: true,
    typedName: only ? only.name : `revoke ${keys.length}`,
    onConfirm: async () => tellOrExplain(await doors.revoke(idsOf(keys)), { done: (count) => `Revoked ${named(keys, count)}` }),
    onDone,
  })
}
