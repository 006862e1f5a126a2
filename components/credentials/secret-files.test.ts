import { expect, test } from 'vitest'
import { secretFiles, secretsAsCsv, secretsAsEnv, secretsAsJson, type ShownSecret } from './secret-files'

const key: ShownSecret = { label: 'API key', key: 'secret', variable: 'GATEHOUSE_API_KEY', value: 'gh_key_abc' }
const pair: ShownSecret[] = [
  { label: 'Client ID', key: 'clientId', variable: 'GATEHOUSE_CLIENT_ID', value: '=1+1' },
  { label: 'Client Secret', key: 'clientSecret', variable: 'GATEHOUSE_CLIENT_SECRET', value: 'a"b' },
]

test('as JSON, facts first', () => {
  expect(JSON.parse(secretsAsJson([key], { id: 'key_1', expiresAt: null }))).toEqual({ id: 'key_1', expiresAt: null, secret: 'gh_key_abc' })
})

test('as an environment; a name cannot smuggle a variable in', () => {
  expect(secretsAsEnv([key], { name: 'nightly\nPATH=/evil', expiresAt: null })).toBe('# name: nightly PATH=/evil\nGATEHOUSE_API_KEY=gh_key_abc\n')
})

test('as a table that no spreadsheet runs', () => {
  expect(secretsAsCsv(pair)).toBe(`Client ID,Client Secret\r\n'=1+1,"a""b"\r\n`)
})

test.each([
  ['Nightly export / EU', 'gatehouse-nightly-export-eu.json'],
  ['../../etc/passwd', 'gatehouse-etc-passwd.json'],
  ['日本', 'gatehouse-credential.json'],
])('%s is kept as %s', (name, file) => {
  expect(secretFiles(name, [key], {}).map((each) => each.name)[0]).toBe(file)
})

test('a table only where there are several values', () => {
  expect(secretFiles('x', [key], {}).map(({ label }) => label)).toEqual(['JSON', '.env'])
  expect(secretFiles('x', pair, {}).map(({ label }) => label)).toEqual(['JSON', '.env', 'CSV'])
})
