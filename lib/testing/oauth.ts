import type { DecisionReply, DecisionServer } from './decisions'

export const FORM = 'application/x-www-form-urlencoded'

/** HTTP Basic as a client sends it. */
export const basic = (name: string, password: string): string => `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`

/** A form-encoded request to the OAuth door. */
export const postForm = (server: DecisionServer, path: string, fields: Record<string, string> | string, headers: Record<string, string> = {}): Promise<DecisionReply> =>
  server.ask(path, { body: typeof fields === 'string' ? fields : new URLSearchParams(fields).toString(), headers: { 'content-type': FORM, ...headers } })

/** The text of a member of an answer. */
export const memberOf = ({ body }: DecisionReply, name: string): string => {
  const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined
  return typeof value === 'string' ? value : ''
}
