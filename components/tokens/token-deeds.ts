import { lastUseInWords } from '@/components/credentials/credential-facts'
import { askToConfirm } from '@/components/forms/confirm'
import { tellAnswers, tellOrExplain } from '@/components/forms/tell-answers'
import { countOf } from '@/components/members/member-words'
import { deleteTokensAction, resumeTokensAction, suspendTokensAction } from '@/lib/features/tokens/actions'
import { tokenLabel, type TokenRow } from '@/lib/features/tokens/page-rules'

const idsOf = (tokens: readonly TokenRow[]): string[] => tokens.map(({ id }) => id)
const named = (tokens: readonly TokenRow[], done: number): string => {
  const [only] = tokens
  return done === 1 && tokens.length === 1 && only ? tokenLabel(only) : countOf(done, 'token')
}

export async function resumeTokens(org: string, tokens: readonly TokenRow[]): Promise<void> {
  tellAnswers(await resumeTokensAction(org, idsOf(tokens)), { done: (count) => `Resumed ${named(tokens, count)}`, description: 'It works again, as before.' })
}

/** Suspends at once, since it can be undone. */
export async function suspendTokens(org: string, tokens: readonly TokenRow[]): Promise<void> {
  const undo = (ids: string[]) => void resumeTokens(org, tokens.filter(({ id }) => ids.includes(id)))
  tellAnswers(await suspendTokensAction(org, idsOf(tokens)), { done: (count) => `Suspended ${named(tokens, count)}`, description: 'Requests with it are refused until it is resumed.', undo })
}

/** Last use first: who deletes should know whether something still depends on it. */
export function deleteTokens(org: string, tokens: readonly TokenRow[]): void {
  const [only] = tokens.length === 1 ? tokens : []
  const used = tokens.filter(({ lastUsedAt }) => lastUsedAt !== null).length
  const first = only ? lastUseInWords(only, Date.now()) : used === 0 ? 'None of them was ever used.' : `${used} of them ${used === 1 ? 'was' : 'were'} used.`
  askToConfirm({
    title: only ? `Delete ${tokenLabel(only)}?` : `Delete ${countOf(tokens.length, 'token')}?`,
    description: `${first} Whatever uses ${only ? 'it' : 'them'} fails from now on. This cannot be undone; to stop ${only ? 'it' : 'them'} for a while, suspend instead.`,
    confirmLabel: only ? 'Delete token' : 'Delete tokens',
    danger: true,
    typedName: only ? tokenLabel(only) : `delete ${tokens.length}`,
    onConfirm: async () => tellOrExplain(await deleteTokensAction(org, idsOf(tokens)), { done: (count) => `Deleted ${named(tokens, count)}` }),
  })
}
