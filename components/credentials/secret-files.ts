/** One value that is shown once: what it is for people, for JSON and for an environment. */
export type ShownSecret = { label: string; key: string; variable: string; value: string }

/** Facts that help to find the credential again; none of them is secret. */
export type PublicFacts = Readonly<Record<string, string | null>>

/** `gh_key_0aB3xY…`: as lists show it. */
export const hintOfSecret = (secret: string): string => `${secret.split('_').slice(0, 2).join('_')}_${(secret.split('_')[2] ?? '').slice(0, 6)}…`

export type SecretFile = { label: string; name: string; type: string; text: string }

const stem = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 40) || 'credential'

export const secretsAsJson = (secrets: readonly ShownSecret[], facts: PublicFacts): string =>
  `${JSON.stringify({ ...facts, ...Object.fromEntries(secrets.map(({ key, value }) => [key, value])) }, null, 2)}\n`

/** Facts as comments, on one line each: a line break in a name would otherwise begin a variable. */
export function secretsAsEnv(secrets: readonly ShownSecret[], facts: PublicFacts): string {
  const comments = Object.entries(facts).filter(([, value]) => value !== null).map(([name, value]) => `# ${name}: ${String(value).replace(/[\r\n\u2028\u2029]+/g, ' ')}`)
  return [...comments, ...secrets.map(({ variable, value }) => `${variable}=${value}`), ''].join('\n')
}

/** A cell that no spreadsheet takes for a formula. */
function cell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

export const secretsAsCsv = (secrets: readonly ShownSecret[]): string =>
  [secrets.map(({ label }) => cell(label)), secrets.map(({ value }) => cell(value))].map((row) => row.join(',')).join('\r\n') + '\r\n'

/** The files a set of secrets can be kept in; a table only where there are several values. */
export function secretFiles(name: string, secrets: readonly ShownSecret[], facts: PublicFacts): SecretFile[] {
  const base = `gatehouse-${stem(name)}`
  return [
    { label: 'JSON', name: `${base}.json`, type: 'application/json', text: secretsAsJson(secrets, facts) },
    { label: '.env', name: `${base}.env`, type: 'text/plain', text: secretsAsEnv(secrets, facts) },
    ...(secrets.length > 1 ? [{ label: 'CSV', name: `${base}.csv`, type: 'text/csv', text: secretsAsCsv(secrets) }] : []),
  ]
}
