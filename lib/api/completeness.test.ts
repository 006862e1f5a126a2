import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { CASES } from '@/lib/testing/world'
import { apiRoutes } from './routes'

/** Operations that no route names as its own, and where the API does the same, or why there is nothing to do. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'member.resume': 'patch /users/{id}',
  'member.set-roles': 'post /role-assignments',
  'member.export': 'get /users',
  'api-key.export': 'get /api-keys',
  'audit.export': 'get /audit-events/export',
  'audit.verify': 'post /audit-events/verify',
  'organization.leave': 'a person leaves by themselves, in a browser; an administrator removes them by DELETE /users/{id}',
  'allowlist.disable': 'the local command only, for whoever is locked out; PUT /ip-allowlist switches it off',
  'break-glass.make-codes': 'a person makes codes for themselves, in a browser, where they are shown once',
  'api-key.issue': 'the local command only: whoever has a shell on the server needs no key to ask with',
}

/** Operations whose routes come with the pages that are being built. One that has its route by now is taken off this list. */
const COMING = new Set<string>([])

const DECISIONS = 'POST /access/v1/evaluation, evaluations and search answer it, with ?explain=true for the reasons'
const EDITOR = 'help while somebody types in the browser; it changes and reveals nothing that the routes of policies do not'
const PICKER = 'what a picker offers is filtered out of lists that have routes; giving checks again'

/** What the console reads besides its pages: the route that answers the same, or why there is none. */
const READS: Readonly<Record<string, string>> = {
  findRolesToGiveAction: PICKER, searchGivingScopesAction: PICKER, searchPrincipalsAction: PICKER, findRolePickingAction: PICKER, searchScopesAction: PICKER, searchChosenAction: PICKER,
  findReplacementsAction: PICKER, searchMoveTargetsAction: PICKER, findHandoverChoicesAction: PICKER, searchGroupCandidatesAction: PICKER, searchGroupHomesAction: PICKER,
  listKeyRolesAction: PICKER, searchKeyPlacesAction: PICKER, listAccountRolesAction: PICKER, searchAccountPlacesAction: PICKER, listTokenRolesAction: PICKER, searchTokenPlacesAction: PICKER,
  searchActionsAction: PICKER, searchResourcesAction: PICKER, searchPolicyResourcesAction: PICKER, searchEntitiesAction: PICKER, searchGuardrailResourcesAction: PICKER, searchGuardrailEntitiesAction: PICKER,
  findMappableRolesAction: PICKER, searchMappingScopesAction: PICKER, searchGroupsToHandOverAction: PICKER,
  listAccessAction: 'get /role-assignments', listReachedMembersAction: 'get /groups/{id}/members',
  findReachAction: DECISIONS, findEffectiveAction: DECISIONS, findOwnReachAction: DECISIONS, findOwnEffectiveAction: DECISIONS,
  findKeyRightsAction: DECISIONS, findAccountRightsAction: DECISIONS, findTokenRightsAction: DECISIONS,
  tryAccessModelAction: 'put /access-model',
  tryPolicyAction: 'post /groups/{id}/policy/try', testPolicyAction: 'post /groups/{id}/policy/validate', findPolicyVersionAction: 'get /groups/{id}/policy/versions/{version}',
  tryGuardrailsAction: 'post /guardrails/try', testGuardrailsAction: 'post /guardrails/validate', findGuardrailVersionAction: 'get /guardrails/versions/{version}',
  readPolicyAction: 'post /groups/{id}/policy/validate', readGuardrailsAction: 'post /guardrails/validate', findCurrentPolicyAction: 'get /groups/{id}/policy', findCurrentGuardrailsAction: 'get /guardrails',
  editPolicyAction: EDITOR, formatPolicyAction: EDITOR, formatGuardrailsAction: EDITOR, findCompletionAction: EDITOR, findGuardrailCompletionAction: EDITOR,
  findApiKeyDetailsAction: 'get /api-keys/{id}', findAccountKeyDetailsAction: 'get /service-accounts/{id}/keys/{keyId}',
  findMissingAction: 'get /resources/{id}',
  listTreeLevelsAction: 'get /resources/{id}/children', findTreeAction: 'get /resources', findTreePathAction: 'get /resources/{id}/ancestors', previewMoveAction: 'post /resources/{id}/move',
  previewInvitationAction: 'the mail as it will look, made of what was typed; get /mails has it once it is written',
  tryTokenAction: 'post /service-accounts/{id}/trusted-issuers/{issuerId}/try',
  judgeImportAction: 'post /ip-allowlist/import', checkAddressAction: 'post /ip-allowlist/check', findWouldBeRefusedAction: 'get /ip-allowlist/unlisted',
  previewMetadataAction: 'post /sso-connections/{id}/saml/metadata-preview', previewMappingsAction: 'put /sso-connections/{id}/group-mappings',
  findPolicyEffectsAction: 'get /credential-policy/effects',
}

/** Tabs of the console and the route that answers what they show. */
const TABS: Readonly<Record<string, string>> = {
  users: 'get /users', groups: 'get /groups', roles: 'get /roles', folders: 'get /folders', 'api-keys': 'get /api-keys', 'service-accounts': 'get /service-accounts', tokens: 'get /tokens',
  audit: 'get /audit-events', outbox: 'get /mails', explain: 'get /decisions/denials', 'my-access': DECISIONS, general: 'get /organization', 'access-model': 'get /access-model', guardrails: 'get /guardrails', credentials: 'get /credential-policy', 'ip-allowlist': 'get /ip-allowlist', 'sign-in': 'get /sso-connections', sessions: 'get /session-policy',
  provisioning: 'get /directories',
}

const routes = new Set(apiRoutes.map(({ method, path }) => `${method} ${path}`))
const isRoute = (text: string): boolean => /^(get|post|put|patch|delete) \//.test(text)
const events = new Set(apiRoutes.map(({ event }) => event))

describe('everything the console can do is in the API', () => {
  test.each(Object.keys(CASES))('%s', (event) => {
    if (!events.has(event) && !COMING.has(event)) expect(ELSEWHERE, `no route performs ${event}`).toHaveProperty([event])
  })

  test('what is told to be elsewhere is there, and nothing is told that is no longer so', () => {
    const told = [...Object.values(ELSEWHERE), ...Object.values(READS), ...Object.values(TABS)].filter(isRoute)
    expect(told.filter((route) => !routes.has(route))).toEqual([])
    expect([...Object.keys(ELSEWHERE), ...COMING].filter((event) => events.has(event) || !(event in CASES))).toEqual([])
  })

  test('each group of routes stands in the overview of the docs', () => {
    const overview = readFileSync('docs/api/README.md', 'utf8').split('\n').filter((line) => line.startsWith('| ')).flatMap((line) => (line.split('|')[1] ?? '').split(',').map((name) => name.trim()))
    expect([...new Set(apiRoutes.map(({ doc }) => doc.tag))].filter((tag) => !overview.includes(tag))).toEqual([])
  })

  test('every read of a dialog or panel has a route or a reason', () => {
    const text = readdirSync('lib/features').flatMap((feature) => readdirSync(`lib/features/${feature}`).filter((file) => file.endsWith('actions.ts')).map((file) => readFileSync(`lib/features/${feature}/${file}`, 'utf8'))).join('\n')
    const reads = [...text.matchAll(/export const (\w+) = defineReadAction\(/g)].map(([, name = '']) => name)
    expect(reads.length).toBeGreaterThan(30)
    expect(reads.filter((name) => !(name in READS))).toEqual([])
    expect(Object.keys(READS).filter((name) => !reads.includes(name))).toEqual([])
  })

  test('every tab has one', () => {
    const folders = (path: string) => readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name)
    const tabs = [...folders('app/(console)/[org]').filter((name) => name !== 'settings'), ...folders('app/(console)/[org]/settings')]
    expect(tabs.filter((tab) => !(tab in TABS))).toEqual([])
  })
})
