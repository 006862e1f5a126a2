type Question = { who?: string; action?: string; resource?: string; at?: Date | null; ip?: string | null }

/** The address of a question's answer in the console; what is left out is asked there. */
export function explainAddress(slug: string, { who, action, resource, at, ip }: Question): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries({ who, action, resource, at: at?.toISOString(), ip })) if (value) params.set(name, value)
  const query = params.toString()
  return `/${slug}/explain${query === '' ? '' : `?${query}`}`
}
