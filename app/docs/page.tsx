import { redirect } from 'next/navigation'

/** The reference is what there is to read here. */
export default function DocsPage(): never {
  redirect('/docs/api')
}
