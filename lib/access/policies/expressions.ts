import { EXTENSION_FUNCTIONS } from './extension-functions'
import { folded, literal, NotCompiled, variable, type Code, type Part, type Scene } from './expression-parts'
import { field, isObject, operationOf, textField } from './json-tree'
import { likeTest } from './like'
import { attributeOf, hasAttribute, hasTag, isMember, negated, OPERATORS, tagOf, truth } from './operators'
import type { Entities } from './entities'
import { CedarSet, EntityRef, expected, isEqual, type CedarValue } from './values'

/**
 * An expression of Cedar's JSON as a function.
 *
 * @throws NotCompiled for an operator, or a number, that is left to Cedar
 */
export const compileExpression = (node: unknown): Code => partOf(node).run

function partOf(node: unknown): Part {
  const operation = operationOf(node)
  if (!operation) throw new NotCompiled('an expression of another shape')
  const { name, body } = operation
  const special = SPECIAL.get(name)
  if (special) return special(body)
  const binary = OPERATORS.get(name)
  if (binary) return binaryPart(binary, partOf(field(body, 'left')), partOf(field(body, 'right')))
  return extensionPart(name, body)
}

function binaryPart(apply: (left: CedarValue, right: CedarValue) => CedarValue, left: Part, right: Part): Part {
  const [first, second] = [left.run, right.run]
  return folded((scene) => apply(first(scene), second(scene)), [left, right])
}

function extensionPart(name: string, body: unknown): Part {
  const known = EXTENSION_FUNCTIONS.get(name)
  const parts = Array.isArray(body) ? body.map(partOf) : []
  const [first, second] = parts
  if (known?.arity === 1 && parts.length === 1 && first) return folded((scene) => known.apply(first.run(scene)), parts)
  if (known?.arity === 2 && parts.length === 2 && first && second) return binaryPart(known.apply, first, second)
  throw new NotCompiled(`\`${name}\``)
}

function equality(body: unknown, answer: boolean): Part {
  const [left, right] = [partOf(field(body, 'left')), partOf(field(body, 'right'))]
  const [first, second] = [left.run, right.run]
  return folded((scene) => isEqual(first(scene), second(scene)) === answer, [left, right])
}

/** `&&` ends at the first false, `||` at the first true; what follows may not even be a boolean. */
function shortcut(body: unknown, ends: boolean): Part {
  const [left, right] = [partOf(field(body, 'left')), partOf(field(body, 'right'))]
  const [first, second] = [left.run, right.run]
  return folded((scene) => (truth(first(scene)) === ends ? ends : truth(second(scene))), [left, right])
}

function choice(body: unknown): Part {
  const [test, yes, no] = ['if', 'then', 'else'].map((key) => partOf(field(body, key)).run)
  if (!test || !yes || !no) throw new NotCompiled('`if`')
  return { run: (scene) => (truth(test(scene)) ? yes(scene) : no(scene)) }
}

function typeTest(body: unknown): Part {
  const left = partOf(field(body, 'left')).run
  const type = textField(body, 'entity_type')
  if (type === null) throw new NotCompiled('`is`')
  const isOfType = (scene: Scene): EntityRef | null => {
    const value = left(scene)
    if (!(value instanceof EntityRef)) throw expected('an entity', value)
    return value.type === type ? value : null
  }
  const within = field(body, 'in')
  if (within === undefined) return { run: (scene) => isOfType(scene) !== null }
  const place = partOf(within).run
  return {
    run: (scene) => {
      const entity = isOfType(scene)
      return entity !== null && isMember(entity, place(scene), scene.entities)
    },
  }
}

/** `has a.b.c` asks for each step, and stops at the first that is missing. */
function presence(body: unknown): Part {
  const left = partOf(field(body, 'left')).run
  const attr = field(body, 'attr')
  const steps = typeof attr === 'string' ? [attr] : Array.isArray(attr) ? attr.filter((step) => typeof step === 'string') : []
  const [last, ...before] = [...steps].reverse()
  if (last === undefined) throw new NotCompiled('`has`')
  const path = before.reverse()
  return {
    run: (scene) => {
      let value = left(scene)
      for (const step of path) {
        if (!hasAttribute(value, step, scene.entities)) return false
        value = attributeOf(value, step, scene.entities)
      }
      return hasAttribute(value, last, scene.entities)
    },
  }
}

function likeness(body: unknown): Part {
  const left = partOf(field(body, 'left')).run
  const pattern = field(body, 'pattern')
  if (!Array.isArray(pattern)) throw new NotCompiled('`like`')
  const pieces = ['']
  for (const element of pattern) {
    if (element === 'Wildcard') pieces.push('')
    else pieces.push((pieces.pop() ?? '') + (textField(element, 'Literal') ?? ''))
  }
  const test = likeTest(pieces)
  return {
    run: (scene) => {
      const value = left(scene)
      if (typeof value !== 'string') throw expected('string', value)
      return test(value)
    },
  }
}

function setOf(body: unknown): Part {
  const parts = Array.isArray(body) ? body.map(partOf) : []
  const items = parts.map(({ run }) => run)
  return folded((scene) => new CedarSet(items.map((item) => item(scene))), parts)
}

function recordOf(body: unknown): Part {
  const fields = Object.entries(isObject(body) ? body : {}).map(([name, node]) => ({ name, part: partOf(node) }))
  const run: Code = (scene) => new Map(fields.map(({ name, part }) => [name, part.run(scene)]))
  return folded(run, fields.map(({ part }) => part))
}

/** An operator of one operand, or of an operand and a name. */
function unary(body: unknown, key: 'arg' | 'left', apply: (value: CedarValue, scene: Scene) => CedarValue): Part {
  const part = partOf(field(body, key))
  return folded((scene) => apply(part.run(scene), scene), [part])
}

/** An operator that looks entities up, so is never known before the request. */
function lookup(body: unknown, apply: (left: CedarValue, right: CedarValue, entities: Entities) => CedarValue): Part {
  const [left, right] = [partOf(field(body, 'left')).run, partOf(field(body, 'right')).run]
  return { run: (scene) => apply(left(scene), right(scene), scene.entities) }
}

function attribute(body: unknown): Part {
  const name = textField(body, 'attr')
  if (name === null) throw new NotCompiled('`.`')
  const left = partOf(field(body, 'left')).run
  return { run: (scene) => attributeOf(left(scene), name, scene.entities) }
}

const SPECIAL: ReadonlyMap<string, (body: unknown) => Part> = new Map(Object.entries({
  Value: literal,
  Var: variable,
  '==': (body: unknown) => equality(body, true),
  '!=': (body: unknown) => equality(body, false),
  '&&': (body: unknown) => shortcut(body, false),
  '||': (body: unknown) => shortcut(body, true),
  '!': (body: unknown) => unary(body, 'arg', (value) => !truth(value)),
  neg: (body: unknown) => unary(body, 'arg', (value) => negated(value)),
  isEmpty: (body: unknown) => unary(body, 'arg', (value) => {
    if (!(value instanceof CedarSet)) throw expected('set', value)
    return value.isEmpty
  }),
  'if-then-else': choice,
  is: typeTest,
  has: presence,
  like: likeness,
  '.': attribute,
  in: (body: unknown) => lookup(body, isMember),
  getTag: (body: unknown) => lookup(body, tagOf),
  hasTag: (body: unknown) => lookup(body, hasTag),
  Set: setOf,
  Record: recordOf,
}))

