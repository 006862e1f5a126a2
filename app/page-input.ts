/** What Next.js hands to a page. */
export type PageInput = { params: Promise<Record<string, string | string[] | undefined>>; searchParams: Promise<Record<string, string | string[] | undefined>> }

/** A parameter that must be there once; given several times it counts as absent. */
export const one = (value: string | string[] | undefined): string | undefined => (typeof value === 'string' ? value : undefined)

/** The token of a mailed link, from its page's address. */
export async function tokenOf({ params }: Pick<PageInput, 'params'>): Promise<string> {
  return one((await params)['token']) ?? ''
}
