import type { FormEdit } from '@/lib/access/policies/form-edits'
import type { ActionResult } from '@/lib/boundary/result'
import type { AccessPreviewView } from '@/lib/features/access-preview/rules'
import {
  findPolicyVersionAction, findGuardrailVersionAction, previewGuardrailsAction, previewPolicyAction, saveGuardrailsAction, savePolicyAction, setGuardrailTestsAction, setPolicyTestsAction, testGuardrailsAction,
  testPolicyAction, tryGuardrailsAction, tryPolicyAction,
} from '@/lib/features/policies/actions'
import {
  editPolicyAction, findCompletionAction, findCurrentGuardrailsAction, findCurrentPolicyAction, findGuardrailCompletionAction, formatGuardrailsAction, formatPolicyAction,
  readGuardrailsAction, readPolicyAction, searchEntitiesAction, searchGuardrailEntitiesAction, searchGuardrailResourcesAction, searchPolicyResourcesAction,
} from '@/lib/features/policies/editing-actions'
import type { CompletionData, EditedPolicy, EntityChoice, PolicyReading, ResourceChoice } from '@/lib/features/policies/editing-view'
import type { PolicyVersionDetail, StoredPolicy, TestOutcome, Trial } from '@/lib/features/policies/rules'
import type { PolicyQuestion, PolicyTestInput } from '@/lib/features/policies/schema'
import type { CompletionSource } from './cedar-completion'

/** Whose policy is edited. */
export type PolicyOwner = { org: string; id: string; kind: 'group' | 'guardrails'; name: string; /** Whom it concerns, in words. */ audience: string }

export type PolicySave = { text: string; version: number; note: string; overrideReason?: string }

/** What the editor asks of the server about a text, and its ways to save. */
export type PolicySource = {
  read: (text: string) => Promise<ActionResult<PolicyReading>>
  format: (text: string) => Promise<ActionResult<EditedPolicy>>
  edit: (text: string, edit: FormEdit) => Promise<ActionResult<EditedPolicy>>
  searchResources: (q: string, types: readonly string[] | 'any') => Promise<readonly ResourceChoice[]>
  searchPeople: (q: string) => Promise<readonly EntityChoice[]>
  completion: CompletionSource
  ask: (text: string, question: PolicyQuestion) => Promise<ActionResult<Trial>>
  runTests: (text: string, tests: readonly PolicyTestInput[]) => Promise<ActionResult<TestOutcome[]>>
  setTests: (tests: readonly PolicyTestInput[]) => Promise<ActionResult<{ tests: number }>>
  version: (version: number) => Promise<ActionResult<PolicyVersionDetail>>
  current: () => Promise<ActionResult<StoredPolicy>>
  save: (save: PolicySave) => Promise<ActionResult<{ version: number }>>
  /** Whose access a save would change, whether its tests pass or not. */
  preview: (text: string) => Promise<ActionResult<AccessPreviewView>>
}

/** Failing tests do not keep a preview back; nothing of it is stored. */
const REHEARSED = 'only a preview'

const found = <T>(result: ActionResult<readonly T[]>): readonly T[] => {
  if (!result.ok) throw new Error(result.refusal.message)
  return result.value
}

/** The schema is asked for once a page. */
function remembered(load: () => Promise<ActionResult<CompletionData>>): () => Promise<CompletionData | null> {
  let known: Promise<CompletionData | null> | null = null
  return () => {
    known ??= load().then((result) => (result.ok ? result.value : null), () => null)
    return known
  }
}

type Searches = { resources: typeof searchPolicyResourcesAction; entities: typeof searchEntitiesAction; complete: typeof findCompletionAction }

function searchesOf({ org, id: ownerId }: PolicyOwner, { resources, entities, complete }: Searches): Pick<PolicySource, 'searchResources' | 'searchPeople' | 'completion'> {
  const search = (finds: 'user' | 'group' | 'service_account' | 'resource', type: string, q: string) => entities(org, { ownerId, q: q.slice(0, 200), finds, type })
  return {
    searchResources: async (q, types) => found(await resources(org, { ownerId, q, types: types === 'any' ? types : [...types] })),
    searchPeople: async (q) => [...found(await search('user', 'user', q)), ...found(await search('service_account', 'service_account', q))],
    completion: {
      load: remembered(() => complete(org, { ownerId })),
      search: async ({ finds, type }, text) => {
        if (finds === 'nothing') return []
        const result = await search(finds, type, text)
        return result.ok ? result.value : []
      },
    },
  }
}

/** An edit as the action takes it, with lists of its own. */
function mutable(edit: FormEdit) {
  if (edit.kind === 'delete') return edit
  const { permissions, resource } = edit.row
  return { ...edit, row: { resource, permissions: permissions === '*' ? permissions : [...permissions] } }
}

function sourceOfGroup(owner: PolicyOwner): PolicySource {
  const { org, id } = owner
  const [of, mine] = [{ ownerId: id }, { groupId: id }]
  return {
    ...searchesOf(owner, { resources: searchPolicyResourcesAction, entities: searchEntitiesAction, complete: findCompletionAction }),
    read: (text) => readPolicyAction(org, { ...of, text }),
    format: (text) => formatPolicyAction(org, { ...of, text }),
    edit: (text, edit) => editPolicyAction(org, { ...of, text, edit: mutable(edit) }),
    ask: (text, question) => tryPolicyAction(org, { ...mine, text, question }),
    runTests: (text, tests) => testPolicyAction(org, { ...mine, text, tests: [...tests] }),
    setTests: (tests) => setPolicyTestsAction(org, { ...mine, tests: [...tests] }),
    version: (version) => findPolicyVersionAction(org, { ...mine, version }),
    current: () => findCurrentPolicyAction(org, of),
    save: (save) => savePolicyAction(org, { ...mine, ...save }),
    preview: (text) => previewPolicyAction(org, { ...mine, text, overrideReason: REHEARSED }),
  }
}

function sourceOfGuardrails(owner: PolicyOwner): PolicySource {
  const { org, id } = owner
  const of = { ownerId: id }
  return {
    ...searchesOf(owner, { resources: searchGuardrailResourcesAction, entities: searchGuardrailEntitiesAction, complete: findGuardrailCompletionAction }),
    read: (text) => readGuardrailsAction(org, { ...of, text }),
    format: (text) => formatGuardrailsAction(org, { ...of, text }),
    edit: () => Promise.reject(new Error('guardrails have no form')),
    ask: (text, question) => tryGuardrailsAction(org, { text, question }),
    runTests: (text, tests) => testGuardrailsAction(org, { text, tests: [...tests] }),
    setTests: (tests) => setGuardrailTestsAction(org, { tests: [...tests] }),
    version: (version) => findGuardrailVersionAction(org, { version }),
    current: () => findCurrentGuardrailsAction(org, of),
    save: (save) => saveGuardrailsAction(org, save),
    preview: (text) => previewGuardrailsAction(org, { text, overrideReason: REHEARSED }),
  }
}

/** The questions about a group's policy, or about guardrails, which other people may write. */
export const sourceOf = (owner: PolicyOwner): PolicySource => (owner.kind === 'group' ? sourceOfGroup(owner) : sourceOfGuardrails(owner))
