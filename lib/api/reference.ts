import { API_BASE } from '@/lib/boundary/http'
import type { ApiRoute } from '@/lib/boundary/http-route'
import { problemTitle } from '@/lib/boundary/problem'
import { absoluteUrl } from '@/lib/env'
import { ERRORS, type ErrorCode } from '@/lib/errors'
import { errorsOf, openApiDocument } from './openapi'
import { apiRoutes } from './routes'
import { answerSchemaOf, fieldsOf, isRecord, recordOf, schemaAnchor, successOf, typeOf, type Field } from './reference-fields'

/** The reference as its pages show it: read from the OpenAPI document, nothing else. */
export type ReferenceOperation = {
  anchor: string
  method: string
  path: string
  summary: string
  description: string
  parameters: (Field & { place: string })[]
  body: { fields: Field[] } | null
  answer: { status: string; description: string; type: string; ref: string | null; fields: Field[]; example: string | null }
  errors: { status: number; code: ErrorCode; title: string }[]
  curl: string
}

export type ReferenceGroup = { path: string; title: string; operations: ReferenceOperation[] }
export type ReferenceSchema = { anchor: string; name: string; description: string; fields: Field[] }
/** A group with no more of its calls than a list shows. */
export type ReferenceContents = Omit<ReferenceGroup, 'operations'> & { operations: Pick<ReferenceOperation, 'anchor' | 'method' | 'path' | 'summary'>[] }

const slugOf = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '')
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
const listOf = (value: unknown): Record<string, unknown>[] => (Array.isArray(value) ? value.map(recordOf) : [])
const pretty = (value: unknown): string => JSON.stringify(value, null, 2)

/** The first content of a body or response. */
const contentOf = (part: unknown): Record<string, unknown> => recordOf(Object.values(recordOf(recordOf(part)['content']))[0])

const exampleOfParameter = (parameter: Record<string, unknown>): string => {
  const example = recordOf(parameter['schema'])['example']
  return Array.isArray(example) ? example.join(',') : String(example ?? '…')
}

/** A parameter one has to give, with a value to begin with. */
function filledParameter(parameter: Record<string, unknown>): string {
  const values = recordOf(parameter['schema'])['enum']
  return `${textOf(parameter['name'])}=${Array.isArray(values) ? String(values[0]) : exampleOfParameter(parameter)}`
}

/** A call to copy into a terminal, with this installation's address. */
function curlOf(method: string, path: string, parameters: readonly Record<string, unknown>[], body: unknown): string {
  const ofPath = parameters.filter(({ in: place }) => place === 'path')
  const filled = ofPath.reduce((address, parameter) => address.replace(`{${textOf(parameter['name'])}}`, exampleOfParameter(parameter)), path)
  const required = parameters.filter((parameter) => parameter['in'] === 'query' && parameter['required'] === true).map(filledParameter)
  return [
    `curl${method === 'get' ? '' : ` -X ${method.toUpperCase()}`} '${absoluteUrl(filled)}${required.length > 0 ? `?${required.join('&')}` : ''}'`,
    `  -H "Authorization: Bearer $GATEHOUSE_API_KEY"`,
    ...(body === undefined ? [] : [`  -H 'Content-Type: application/json'`, `  -d '${JSON.stringify(body).replaceAll("'", "'\\''")}'`]),
  ].join(' \\\n')
}

function answerOf(operation: Record<string, unknown>): ReferenceOperation['answer'] {
  const [status, response] = successOf(operation)
  const content = contentOf(response)
  const { example } = content
  const schema = answerSchemaOf(operation, content['schema'])
  const type = isRecord(schema) ? typeOf(schema) : { text: Object.keys(recordOf(recordOf(response)['content'])).join(', '), ref: null }
  return {
    status, description: textOf(recordOf(response)['description']), type: type.text, ref: type.ref,
    fields: isRecord(schema) && type.ref === null ? fieldsOf(schema) : [], example: example === undefined ? null : pretty(example),
  }
}

function entryOf(route: ApiRoute, paths: Record<string, unknown>): ReferenceContents['operations'][number] {
  const path = API_BASE + route.path
  const operation = recordOf(recordOf(paths[path])[route.method])
  return { anchor: textOf(operation['operationId']), method: route.method.toUpperCase(), path, summary: textOf(operation['summary']) }
}

function operationOf(route: ApiRoute, paths: Record<string, unknown>): ReferenceOperation {
  const { method } = route
  const path = API_BASE + route.path
  const operation = recordOf(recordOf(paths[path])[method])
  const parameters = listOf(operation['parameters'])
  const body = contentOf(operation['requestBody'])
  return {
    ...entryOf(route, paths),
    description: textOf(operation['description']),
    parameters: parameters.map((parameter) => {
      const schema = recordOf(parameter['schema'])
      const { text, ref } = typeOf(schema)
      return { name: textOf(parameter['name']), type: text, ref, isRequired: parameter['required'] === true, description: textOf(parameter['description']), children: [], place: textOf(parameter['in']) }
    }),
    body: isRecord(body['schema']) ? { fields: fieldsOf(body['schema']) } : null,
    answer: answerOf(operation),
    errors: errorsOf(route).map((code) => ({ code, status: ERRORS[code].status, title: problemTitle(code) })),
    curl: curlOf(method, path, parameters, isRecord(body['schema']) ? (body['example'] ?? {}) : undefined),
  }
}

/** The address of a group's page. */
const groupPath = (title: string): string => `/docs/api/${slugOf(title)}`

/** Calls by group, without their schemas: what the overview and every page's contents show. */
export function referenceContents(): { baseUrl: string; introduction: string; groups: ReferenceContents[] } {
  const titles = [...new Set(apiRoutes.map(({ doc }) => doc.tag))]
  const document = recordOf(openApiDocument())
  const paths = recordOf(document['paths'])
  return {
    baseUrl: absoluteUrl(API_BASE),
    introduction: textOf(recordOf(document['info'])['description']),
    groups: titles.map((title) => ({ title, path: groupPath(title), operations: apiRoutes.filter(({ doc }) => doc.tag === title).map((route) => entryOf(route, paths)) })),
  }
}

/** One group of calls, whole; null where no group has this name in an address. */
export function referenceGroup(slug: string): ReferenceGroup | null {
  const routes = apiRoutes.filter(({ doc }) => slugOf(doc.tag) === slug)
  const [first] = routes
  if (!first) return null
  const paths = recordOf(recordOf(openApiDocument())['paths'])
  return { title: first.doc.tag, path: groupPath(first.doc.tag), operations: routes.map((route) => operationOf(route, paths)) }
}

/** The schemas that answers share. */
export function referenceSchemas(): ReferenceSchema[] {
  const schemas = Object.entries(recordOf(recordOf(recordOf(openApiDocument())['components'])['schemas']))
  return schemas.map(([name, schema]) => ({ name, anchor: schemaAnchor(name), description: textOf(recordOf(schema)['description']), fields: fieldsOf(recordOf(schema)) }))
}
