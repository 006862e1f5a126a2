import { readFileSync } from 'node:fs'
import { recordOf } from '@/lib/api/reference-fields'
import { methodName, methodText, type Described } from './methods'
import { comment, typeOf } from './schema-types'

const HEAD = `/**
 * The client of Gatehouse's management API. One file without dependencies: copy it into your project.
 * Made by \`npm run client\` from the OpenAPI document and scripts/client/runtime.ts; do not edit.
 */
`

const METHODS = ['get', 'post', 'put', 'patch', 'delete']

function describedIn(document: Record<string, unknown>): Described[] {
  return Object.entries(recordOf(document['paths'])).flatMap(([path, methods]) =>
    Object.entries(recordOf(methods)).filter(([method]) => METHODS.includes(method)).map(([method, operation]) => ({ path, method, operation: recordOf(operation) })))
}

function requireUniqueNames(described: readonly Described[]): void {
  const names = described.map(({ operation }) => methodName(String(operation['operationId'])))
  const twice = names.filter((name, index) => names.indexOf(name) !== index)
  if (twice.length > 0) throw new Error(`two operations would be called \`${twice[0]}\`: give one of them another summary`)
}

/** The runtime without what it imports: the types it names stand in the same file. */
function runtimeText(): string {
  const text = readFileSync(new URL('./runtime.ts', import.meta.url), 'utf8')
  return text.replace(/^import [^\n]*\n+/gm, '').trim()
}

/** The whole client, as the text of one TypeScript file. */
export function clientText(value: unknown): string {
  const document = recordOf(value)
  const described = describedIn(document)
  requireUniqueNames(described)
  const schemas = Object.entries(recordOf(recordOf(document['components'])['schemas']))
  const types = schemas.map(([name, schema]) => `${comment(recordOf(schema)['description'], '')}export type ${name} = ${typeOf(schema)}`)
  const methods = described.map(methodText)
  const client = `/** Every operation of the API as a method. */\nexport class Gatehouse extends Caller {\n${methods.join('\n\n')}\n}`
  return [HEAD.trim(), runtimeText(), ...types, client].join('\n\n') + '\n'
}
