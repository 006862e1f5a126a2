import 'server-only'
import { redirect } from 'next/navigation'
import type { FormState } from './form-state'
import { refusalOf } from './report'

export type Fields = Readonly<Record<string, string>>

/** Text fields of a submitted form; files and React's own fields are left out. */
function fieldsOf(form: FormData): Fields {
  const pairs = [...form].filter((pair): pair is [string, string] => typeof pair[1] === 'string' && !pair[0].startsWith('$ACTION'))
  return Object.fromEntries(pairs)
}

const keptOf = (fields: Fields, keep: readonly string[]): Fields => Object.fromEntries(keep.map((name) => [name, fields[name] ?? '']))

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
    return { values: keptOf(fields, keep), refusal: refusalOf(error), done: null }
  }
  redirect(path)
}

/** The same for forms that stay where they are: the work answers in a sentence what was done. */
export async function submitInPlace(form: FormData, keep: readonly string[], work: (fields: Fields) => Promise<string>): Promise<FormState> {
  const fields = fieldsOf(form)
  const values = keptOf(fields, keep)
  try {
    return { values, refusal: null, done: await work(fields) }
  } catch (error) {
    return { values, refusal: refusalOf(error), done: null }
  }
}
