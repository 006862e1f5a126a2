import { answerSchemaOf, isRecord, recordOf, successOf } from '@/lib/api/reference-fields'
import { comment, typeOf } from './schema-types'

/** One operation of the document. */
export type Described = { path: string; method: string; operation: Record<string, unknown> }

type Parameter = { name: string; required: boolean; description: unknown; schema: unknown }

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)

/** `createApiKey` out of `create-an-api-key`: articles and genitives say nothing in a name. */
export function methodName(operationId: string): string {
  const words = operationId.split('-').filter((word) => !['a', 'an', 'the', 's', ''].includes(word))
  return words.map((word, index) => (index === 0 ? word : capital(word))).join('')
}

function parametersOf({ operation }: Described, place: string): Parameter[] {
  const all = Array.isArray(operation['parameters']) ? operation['parameters'].map(recordOf) : []
  return all.filter((parameter) => parameter['in'] === place).map((parameter) => ({
    name: String(parameter['name']), required: parameter['required'] === true, description: parameter['description'], schema: parameter['schema'],
  }))
}

const contentOf = (holder: unknown, type: string): unknown => recordOf(recordOf(recordOf(holder)['content'])[type])['schema']

/** What the successful answer holds: JSON of a schema, something else, or nothing. */
function answerOf({ operation }: Described): { schema: unknown; isOther: boolean } {
  const [, response] = successOf(operation)
  const schema = answerSchemaOf(operation, contentOf(response, 'application/json'))
  return { schema, isOther: schema === undefined && isRecord(recordOf(response)['content']) }
}

/** The type of a list's rows; undefined for what is no list with pages. */
function rowTypeOf(schema: unknown): string | undefined {
  const { data, nextCursor } = recordOf(recordOf(schema)['properties'])
  return data !== undefined && nextCursor !== undefined ? typeOf(recordOf(data)['items'], '  ') : undefined
}

/** The query's type; empty without parameters. */
function queryType(parameters: readonly Parameter[]): string {
  const lines = parameters.map(({ name, required, description, schema }) => `${comment(description, '    ')}    ${/^\w+$/.test(name) ? name : `'${name}'`}${required ? '' : '?'}: ${typeOf(schema, '    ')}`)
  return lines.length === 0 ? '' : `{\n${lines.join('\n')}\n  }`
}

type Parts = { args: string[]; call: string; hasVersion: boolean }

function partsOf(described: Described): Parts {
  const { path, method, operation } = described
  const body = contentOf(operation['requestBody'], 'application/json')
  const parameters = parametersOf(described, 'query')
  const query = queryType(parameters)
  const isQueryNeeded = parameters.some(({ required }) => required)
  const inPath = parametersOf(described, 'path')
  const headers = new Set(parametersOf(described, 'header').map(({ name }) => name))
  const address = path.replace('/api/v1', '').replace(/\{(\w+)\}/g, (_, name: string) => `\${encodeURIComponent(${name})}`)
  const fields = [`method: '${method.toUpperCase()}'`, `path: \`${address}\``, ...(query ? ['query'] : []), ...(body === undefined ? [] : ['body'])]
  return {
    args: [
      ...inPath.map(({ name }) => `${name}: string`),
      ...(body === undefined ? [] : [`body: ${typeOf(body, '  ')}`]),
      ...(query ? [`query: ${query}${isQueryNeeded ? '' : ' = {}'}`] : []),
    ],
    call: fields.join(', '),
    hasVersion: method === 'get' ? isVersioned(operation) : headers.has('If-Match'),
  }
}

function isVersioned(operation: Record<string, unknown>): boolean {
  const [, response] = successOf(operation)
  return 'ETag' in recordOf(recordOf(response)['headers'])
}

/** The options a call takes: only what its route honours. */
function optionsType(method: string, hasVersion: boolean, answer: string): string {
  if (method === 'get') return hasVersion ? `ReadOptions<${answer}>` : `Pick<CallOptions, 'signal'>`
  const names = ['signal', ...(method === 'post' ? ['idempotencyKey'] : []), ...(hasVersion ? ['ifMatch'] : [])]
  return `Pick<CallOptions, ${names.map((name) => `'${name}'`).join(' | ')}>`
}

/** A method of the client for one operation. */
export function methodText(described: Described): string {
  const { operation, method } = described
  const { schema, isOther } = answerOf(described)
  const row = rowTypeOf(schema)
  const { args, call, hasVersion } = partsOf(described)
  const answer = schema === undefined ? 'void' : typeOf(schema, '  ')
  const options = `options: ${optionsType(method, hasVersion, answer)} = {}`
  const signature = [...args, options].join(', ')
  const [returns, how] = row !== undefined ? [`Pages<${row}>`, 'this.pages'] : isOther ? ['Promise<Response>', 'this.send'] : [`Promise<${answer}>`, 'this.call']
  const told = comment([operation['summary'], operation['description']].filter(Boolean).join('\n\n'), '  ')
  return `${told}  ${methodName(String(operation['operationId']))}(${signature}): ${returns} {\n    return ${how}({ ${call}, options })\n  }`
}
