import type { FormEdit } from '@/lib/access/policies/form-edits'
import type { ActionResult } from '@/lib/boundary/result'
import {
  editPolicyAction, findCompletionAction, findGuardrailCompletionAction, formatGuardrailsAction, formatPolicyAction, readGuardrailsAction, readPolicyAction,
  searchEntitiesAction, searchGuardrailEntitiesAction, searchPolicyResourcesAction,
} from '@/lib/features/policies/editing-actions'
import type { CompletionData, EditedPolicy, EntityChoice, PolicyReading, ResourceChoice } from '@/lib/features/policies/editing-view'
import type { CompletionSource } from './cedar-completion'

/** Whose policy is edited. */
export type PolicyOwner = { org: string; id: string; kind: 'group' | 'guardrails'; name: string }

/** What the editor asks of the server about a text. */
export type PolicySource = {
  read: (text: string) => Promise<ActionResult<PolicyReading>>
  format: (text: string) => Promise<ActionResult<EditedPolicy>>
  edit: (text: string, edit: FormEdit) => Promise<ActionResult<EditedPolicy>>
  searchResources: (q: string, types: readonly string[] | 'any') => Promise<readonly ResourceChoice[]>
  completion: CompletionSource
}

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

/** The questions about a group's policy, or about guardrails, which other people may write. */
export function sourceOf({ org, id: ownerId, kind }: PolicyOwner): PolicySource {
  const isGuardrails = kind === 'guardrails'
  const [read, format] = isGuardrails ? [readGuardrailsAction, formatGuardrailsAction] : [readPolicyAction, formatPolicyAction]
  const [complete, entities] = isGuardrails ? [findGuardrailCompletionAction, searchGuardrailEntitiesAction] : [findCompletionAction, searchEntitiesAction]
  return {
    read: (text) => read(org, { ownerId, text }),
    format: (text) => format(org, { ownerId, text }),
    edit: (text, edit) => editPolicyAction(org, { ownerId, text, edit: mutable(edit) }),
    searchResources: async (q, types) => found(await searchPolicyResourcesAction(org, { ownerId, q, types: types === 'any' ? types : [...types] })),
    completion: {
      load: remembered(() => complete(org, { ownerId })),
      search: async ({ finds, type }, text): Promise<readonly EntityChoice[]> => {
        if (finds === 'nothing') return []
        const result = await entities(org, { ownerId, q: text.slice(0, 200), finds, type })
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
