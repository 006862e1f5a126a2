import { expect, test } from 'vitest'
import { DEFAULT_POLICY } from '@/lib/features/credential-policy/rules'
import { policyDraft, tooLongInWords, unusedInWords, wantedPolicy } from './policy-draft'

const effects = (keys: number, tokens: number) => ({ tooLong: { keys, tokens }, unused: { keys, tokens } })

test('what is not touched is wanted as it was', () => {
  expect(wantedPolicy(policyDraft(DEFAULT_POLICY))).toEqual({
    maxLifetimeDays: null, defaultLifetimeDays: null, suspendUnusedDays: null, requestsPerMinute: null, reminderDays: [14, 3], onLeak: 'revoke', makers: { apiKey: 'holders', serviceAccountKey: 'holders', token: 'holders' },
  })
})

test('nonsense for a number reaches the server as no number', () => {
  const draft = policyDraft({ ...DEFAULT_POLICY, maxLifetimeDays: 30 })
  expect(wantedPolicy({ ...draft, max: { isOn: true, number: 'soon' } })).toMatchObject({ maxLifetimeDays: Number.NaN })
})

test('reminders are written as one types them', () => {
  const draft = policyDraft(DEFAULT_POLICY)
  expect(['30 7,1', '', 'x'].map((reminders) => wantedPolicy({ ...draft, reminders }).reminderDays)).toEqual([[30, 7, 1], [], [Number.NaN]])
})

test.each([
  [0, 0, 'None of the present keys and tokens lives longer.'],
  [1, 0, '1 key already lives longer.'],
  [2, 1, '2 keys and 1 token already live longer.'],
  [1001, 0, '1,000+ keys already live longer.'],
])('%i keys and %i tokens: %s', (keys, tokens, words) => {
  expect(tooLongInWords(effects(keys, tokens))).toContain(words)
})

test.each([
  [0, 0, 'None'],
  [0, 1, '1 token was not used for so long: suspended soon after you save.'],
  [3, 0, '3 keys were not used for so long: suspended soon after you save.'],
])('%i keys and %i tokens unused: %s', (keys, tokens, words) => {
  expect(unusedInWords(effects(keys, tokens))).toContain(words)
})
