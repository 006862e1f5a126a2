import 'server-only'
import { redirect } from 'next/navigation'
import type { FormState } from './form-state'
import { refusalOf, type Refusal } from './report'

export type Fields = Readonly<Record<string, string>>

/** Text fields of a submitted form; files and React's own fields are left out. */
function fieldsOf(form: FormData): Fields {
  const pairs = [...form].filter((pair): pair is [string, string] => typeof pair[1] === 'string' && !pair[0].startsWith('$ACTION'))
  return Object.fromEntries(pairs)
}

const keptOf = (fields: Fields, keep: readonly string[]): Fields => Object.fromEntries(keep.map((name) => [name, fields[name] ?? '']))

const sentence = (message: string): string => `${message.charAt(0).toUpperCase()}${message.slice(1).replace(/`([^`]*)`/g, '“$1”')}${/[.?]$/.test(message) ? '' : '.'}`

/** Refusals whose title says it all. */
const TITLE_SUFFICES: readonly Refusal['code'][] = ['wrong-password']

/** Title, then the detail unless the fields tell it (of several about one field the first); an unknown error with the id to quote. */
function stateOf(refusal: Refusal, values: Fields): FormState {
  const { code, title, message, fields, requestId } = refusal
  const detail = fields.length > 0 || TITLE_SUFFICES.includes(code) ? '' : ` ${sentence(message)}`
  const id = code === 'internal' ? ` Request ${requestId}.` : ''
  return { status: 'error', code, message: `${title}.${detail}${id}`, fields: Object.fromEntries([...fields].reverse().map((field) => [field.path, field.message])), values }
}

/**
 * The door of forms that work before any script has arrived: runs the work, then goes to the path it
 * answers. A refusal becomes the form's next state, with what was typed into the fields named in `keep`.
 */
export async function submitForm(form: FormData, keep: readonly string[], work: (fields: Fields) => Promise<string>): Promise<FormState> {
  const fields = fieldsOf(form)
  let path: string
  try {
    path = await work(fields)
  } catch (error) {
    return stateOf(refusalOf(error), keptOf(fields, keep))
  }
  redirect(path)
}

/** The same for forms that stay where they are: the work answers in a sentence what was done. */
export async function submitInPlace(form: FormData, keep: readonly string[], work: (fields: Fields) => Promise<string>): Promise<FormState> {
  const fields = fieldsOf(form)
  try {
    return { status: 'done', message: await work(fields) }
  } catch (error) {
    return stateOf(refusalOf(error), keptOf(fields, keep))
  }
}
