import { z } from 'zod'
import { corePermissionNames, isCorePermission, type CorePermission } from '@/lib/access/permissions'
import { VERBS, type AccessModel } from './access-model'
import { lineAndColumn, pointerStep, readJson, type Span } from './json-source'
import { problemsOf } from './model-problems'
import { CORE_PREFIX } from './role-permissions'

/** Largest text of an access model, in UTF-16 units. */
export const MODEL_TEXT_MAX = 1_048_576

const NAME_MAX = 128
const ALL = '*'

const typeName = z.string().regex(
  /^[A-Za-z][A-Za-z0-9_-]{0,63}$/, 'a type’s name is a letter, then letters, digits, `-` and `_`, 64 at most')
const freeName = z.string().min(1, 'a name cannot be empty').max(NAME_MAX, `a name has ${NAME_MAX} characters at most`)
  .regex(/^[^\s"\\\p{Cc}\p{Cs}]+( [^\s"\\\p{Cc}\p{Cs}]+)*$/u, 'a name has no quotes, backslashes, line breaks or surrounding spaces')
  .refine((name) => name !== ALL && !name.startsWith(CORE_PREFIX),
    `a name is neither \`${ALL}\` nor begins with \`${CORE_PREFIX}\``)
const roleName = freeName
const text = z.string().max(500, 'a text has 500 characters at most')
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'a text is one line without control characters')

const core = z.string().transform((name, ctx): CorePermission => {
  const bare = name.startsWith(CORE_PREFIX) ? name.slice(CORE_PREFIX.length) : name
  if (isCorePermission(bare)) return bare
  ctx.addIssue({ code: 'custom', message: `unknown permission of Gatehouse \`${name}\`` })
  return z.NEVER
})

const derived = z.record(z.string(), z.union([z.strictObject({ of: typeName, as: z.enum(['id', 'name']) }), z.strictObject({ as: z.literal('locked') })]))

const attributes = z.record(
  z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,63}$/, 'an attribute’s name is a letter, then letters, digits and `_`, 64 at most'),
  z.enum(['String', 'Long', 'Boolean', 'Set<String>', 'ipaddr', 'datetime', 'User']),
)

const guards = z.strictObject({
  view: freeName.exactOptional(), create: freeName.exactOptional(), edit: freeName.exactOptional(),
  move: freeName.exactOptional(), delete: freeName.exactOptional(),
})

const resourceType = z.strictObject({
  name: typeName, title: text.optional(), plural: text.optional(), parents: z.array(typeName).optional(),
  attributes: attributes.exactOptional(), derived: derived.exactOptional(), guards: guards.exactOptional(),
  creator: z.strictObject({ role: roleName, protected: z.boolean().default(false) }).exactOptional(),
  standsFor: z.literal('group').exactOptional(),
}).transform(({ title, plural, parents, ...rest }) => ({
  ...rest,
  title: title ?? rest.name,
  plural: plural ?? title ?? rest.name,
  parents: parents ?? (rest.name === 'organization' ? [] : ['organization']),
}))

const permission = z.strictObject({
  name: freeName, title: text.optional(), description: text.default(''), group: text.default('Permissions'),
  appliesTo: z.array(typeName).min(1, 'a permission applies to at least one resource type'),
  includes: z.array(freeName).exactOptional(), implies: z.array(core).default([]),
  verb: z.union([z.enum(VERBS), z.array(z.enum(VERBS))]).exactOptional(),
}).transform(({ title, ...rest }) => ({ ...rest, title: title ?? rest.name }))

const heldAt = z.array(typeName).min(1, 'name at least one type of scope')

const role = z.strictObject({
  name: roleName, title: text.optional(), description: text.default(''), group: text.default('Roles'),
  permissions: z.array(z.union([z.literal(ALL), freeName, z.strictObject({ permission: freeName, heldAt })])).default([]),
  core: z.array(z.union([z.literal(ALL), core, z.strictObject({ permission: core, heldAt })])).default([]),
  assignableAt: z.array(typeName).min(1, 'a role is assignable somewhere').optional(),
  immutable: z.literal(true, 'built-in roles are immutable: duplicate one to change it').default(true),
  floor: z.literal(true).exactOptional(),
})

const limits = z.record(typeName, z.strictObject({
  maxDepth: z.int().min(2).max(100).exactOptional(), maxCount: z.int().min(1).exactOptional(),
  namePattern: z.string().max(500).exactOptional(), nameRule: text.exactOptional(),
  renamedUnder: z.array(typeName).exactOptional(),
}))

const rules = z.strictObject({
  rolesPerMember: z.enum(['one', 'many']).default('many'),
  defaultRole: roleName.nullable().default(null),
  founderRoles: z.array(roleName).optional(),
  customRoles: z.boolean().default(true),
  customRolesAssignableAt: z.array(typeName).min(1).exactOptional(),
  chosenResourcesReachUp: z.literal(true).exactOptional(),
  limits: limits.exactOptional(),
  groups: z.strictObject({
    belongTo: typeName, lockedGroup: z.strictObject({ title: text, role: roleName }),
  }).exactOptional(),
  policiesNameExternalIds: z.literal(true).exactOptional(),
})

const ROOT_TYPE = { name: 'organization', title: 'Organization', plural: 'Organizations', parents: [] }

/** The JSON of an access model, what may be left out filled in. Whether it contradicts itself: see `problemsOf`. */
export const AccessModelJson = z.strictObject({
  name: typeName.default('custom'),
  title: text.min(1, 'a model needs a title'),
  description: text.default(''),
  resourceTypes: z.array(resourceType).max(200),
  permissions: z.array(permission).max(1000),
  roles: z.array(role).min(1, 'a model needs a role').max(200),
  userAttributes: attributes.exactOptional(),
  contextAttributes: attributes.exactOptional(),
  rules: rules.prefault({}),
}).transform((model): AccessModel => {
  const hasRoot = model.resourceTypes.some(({ name }) => name === ROOT_TYPE.name)
  const resourceTypes = hasRoot ? model.resourceTypes : [...model.resourceTypes, ROOT_TYPE]
  const names = model.permissions.map(({ name }) => name)
  const roles = model.roles.map(({ title, assignableAt, ...rest }) => ({
    ...rest,
    title: title ?? rest.name,
    permissions: spellOut(rest.permissions, names),
    core: spellOut(rest.core, corePermissionNames),
    assignableAt: assignableAt ?? resourceTypes.map(({ name }) => name),
  }))
  const founderRoles = model.rules.founderRoles ?? founders(roles)
  return { ...model, resourceTypes, roles, rules: { ...model.rules, founderRoles } }
})

/** A list with `*` replaced by all names; those written out keep their places, for faults to be found there. */
function spellOut<T>(list: readonly (T | typeof ALL)[], [first, ...others]: readonly T[]): T[] {
  const isAll = list.some((item) => item === ALL)
  const kept = list.flatMap((item) => (item !== ALL ? [item] : first === undefined ? [] : [first]))
  return isAll ? [...kept, ...others] : kept
}

/** Without a word on founders, they get the roles that carry the most of Gatehouse's own administration. */
function founders(roles: AccessModel['roles']): string[] {
  return roles.filter(({ core: grants }) => {
    const names = grants.map((grant) => (typeof grant === 'string' ? grant : grant.permission))
    return names.includes('member:write') && names.includes('assignment:write')
  }).map(({ name }) => name)
}

/** A fault in the text of a model: where, as JSON pointer, 1-based line and column, and offsets. */
export type ModelError = { pointer: string; line: number; column: number; start: number; end: number; detail: string }

export type ParsedModel = { ok: true; model: AccessModel } | { ok: false; errors: ModelError[] }

const detailOf = (issue: z.core.$ZodIssue): string => {
  if (issue.code === 'invalid_type') return issue.input === undefined ? 'is missing' : `expected ${issue.expected}`
  if (issue.code === 'invalid_value') return `expected one of ${issue.values.map((value) => `\`${String(value)}\``).join(', ')}`
  if (issue.code === 'invalid_union') {
    const said = issue.errors.flat().find(({ code }) => ['custom', 'invalid_format', 'too_small'].includes(code))
    return said ? detailOf(said) : 'expected a permission’s name, or `{ permission, heldAt }`'
  }
  return issue.message.charAt(0).toLowerCase() + issue.message.slice(1)
}

/** The value itself, or where it is missing, the nearest that holds it. */
function spanOf(spans: ReadonlyMap<string, Span>, path: readonly PropertyKey[]): Span {
  const found = spans.get(path.map(pointerStep).join(''))
  return found ?? (path.length === 0 ? { start: 0, end: 0 } : spanOf(spans, path.slice(0, -1)))
}

/**
 * Reads an organization's own access model.
 *
 * @param source JSON of the shape of `AccessModel`; titles, descriptions, groups and rules may be left out
 * @returns the model, or every fault with its position; never throws
 */
export function parseAccessModel(source: string): ParsedModel {
  const errorAt = (pointer: string, { start, end }: Span, detail: string): ModelError =>
    ({ pointer, ...lineAndColumn(source, start), start, end, detail })
  if (source.length > MODEL_TEXT_MAX)
    return { ok: false, errors: [errorAt('', { start: 0, end: 0 }, `a model has ${MODEL_TEXT_MAX} characters at most`)] }
  const json = readJson(source)
  if (!json.ok) return { ok: false, errors: [errorAt(json.pointer, json.span, json.detail)] }
  const atPath = (path: readonly PropertyKey[], detail: string) =>
    errorAt(path.map(pointerStep).join(''), spanOf(json.spans, path), detail)
  const parsed = AccessModelJson.safeParse(json.value, { reportInput: true })
  if (!parsed.success) {
    return { ok: false, errors: parsed.error.issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => atPath([...issue.path, key], `unknown key \`${key}\``))
        : [atPath(issue.path, detailOf(issue))]) }
  }
  const problems = problemsOf(parsed.data)
  return problems.length === 0
    ? { ok: true, model: parsed.data }
    : { ok: false, errors: problems.map(({ path, detail }) => atPath(path, detail)) }
}
