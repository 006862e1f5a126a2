import type { AccessModel } from '@/lib/access/models/access-model'
import { askCedarItself } from '@/lib/access/policies/cedar-fallback'
import { attributeReaders } from '@/lib/access/policies/attributes'
import { compilePolicies, type Evaluation } from '@/lib/access/policies/compile'
import type { Request } from '@/lib/access/policies/entities'
import { actionRef, namesOf, principalRef } from '@/lib/access/policies/names'
import { mentionsOf } from '@/lib/access/policies/references'
import { EntityRef } from '@/lib/access/policies/values'
import { IndexEntities } from '@/lib/access/index-entities'
import type { AccessIndex } from '@/lib/access/snapshots/access-index'
import { AppError } from '@/lib/errors'
import { log } from '@/lib/log'

/** Fewer questions for a longer text, so that judging takes some tens of milliseconds: Cedar reads the text for each. */
const questionsFor = (statements: number): number => Math.max(6, Math.min(40, Math.floor(1_200 / Math.max(1, statements))))

/** Repeatable: the same text, the same questions. */
function picksFrom(text: string): (below: number) => number {
  let state = [...text].reduce((sum, char) => (Math.imul(sum, 31) + (char.codePointAt(0) ?? 0)) | 0, 7) | 1
  return (below) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
}

const IPS = ['10.1.2.3', '127.0.0.1', '192.0.2.7', '2001:db8::1', undefined] as const

const comparable = ({ decision, determining, errors }: Evaluation): string =>
  JSON.stringify([decision, [...determining].sort(), errors.map(({ policyId }) => policyId).sort()])

/** Things to ask about: what the text names, and some of what there is. */
function questionsOf(index: AccessIndex, text: string, named: readonly EntityRef[]): Request[] {
  const { model, snapshot: { principals, tree } } = index
  const names = namesOf(model)
  const pick = picksFrom(text)
  const entities = new IndexEntities(index)
  const oneOf = <T>(list: readonly T[], other: () => T): T => (list.length > 0 && pick(3) > 0 ? list[pick(list.length)] : undefined) ?? other()
  const actions = named.filter(({ type }) => type === names.actionType)
  const users = named.filter(({ type }) => type === names.principalTypes.user)
  const resources = named.filter(({ type }) => names.meaningOf(type)?.kind === 'resource')
  const someNode = () => {
    const node = pick(Math.max(1, tree.ids.end))
    return entities.refOf(tree.isPresent(node) ? node : index.snapshot.root)
  }
  const somebody = () => {
    const principal = pick(Math.max(1, principals.ids.end))
    const kind = principals.kindOf(principal)
    return kind === 'unknown' ? new EntityRef(names.principalTypes.user, 'nobody') : principalRef(model, kind, principals.ids.idAt(principal))
  }
  return Array.from({ length: questionsFor(text.split(';').length) }, () => ({
    principal: oneOf(users, somebody), resource: oneOf(resources, someNode),
    action: oneOf(actions, () => actionRef(model, names.permissions[pick(names.permissions.length)] ?? '')),
    context: attributeReaders(model).ofContext({ ip: IPS[pick(IPS.length)], time: Date.UTC(2026, pick(12), 1 + pick(28), pick(24)) }),
  }))
}

/**
 * Cedar stays the judge: on each save, random questions are answered by Cedar and by what is compiled of the text.
 *
 * @throws AppError `conflict` when they disagree, which would be a fault of ours: better not saved than decided otherwise than it reads
 */
export function requireAgreement(index: AccessIndex, model: AccessModel, text: string): void {
  const compiled = compilePolicies(model, text)
  if (!compiled.isCompiled || compiled.parsed.length === 0) return
  const entities = new IndexEntities(index)
  const named = compiled.parsed.flatMap((statement) => [...mentionsOf(statement).entities])
  for (const request of questionsOf(index, text, named)) {
    const [ours, theirs] = [compiled.evaluate(request, entities), askCedarItself(text, compiled.parsed, request, entities)]
    if (comparable(ours) === comparable(theirs)) continue
    log().error({ text, request, ours, theirs }, 'a policy is decided otherwise by Cedar')
    throw new AppError('conflict', 'Cedar itself decides this text otherwise than Gatehouse would; it was not saved, and the text was logged for whoever runs this installation')
  }
}
