import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadSecretKey } from '@/lib/database/secret-key'

let dataDir: string

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-key-'))
})

afterEach(() => rmSync(dataDir, { recursive: true }))

test('made once, beside the embedded database, for its owner only', () => {
  const key = loadSecretKey({ dataDir })
  expect(Buffer.from(key, 'base64url')).toHaveLength(32)
  expect(loadSecretKey({ dataDir })).toBe(key)
  expect(readdirSync(dataDir)).toEqual(['secret-key'])
  expect(statSync(join(dataDir, 'secret-key')).mode & 0o777).toBe(0o600)
})

test('the given one is used and not written down', () => {
  const secretKey = 'x'.repeat(32)
  expect(loadSecretKey({ dataDir, secretKey })).toBe(secretKey)
  expect(readdirSync(dataDir)).toEqual([])
})

test('a short one is refused, given or kept', () => {
  expect(() => loadSecretKey({ dataDir, secretKey: 'short' })).toThrow('GATEHOUSE_SECRET_KEY is too short')
  writeFileSync(join(dataDir, 'secret-key'), 'torn')
  expect(() => loadSecretKey({ dataDir })).toThrow(/secret-key is too short/)
})

test('with DATABASE_URL it has to be given', () => {
  expect(() => loadSecretKey({ databaseUrl: 'postgresql://127.0.0.1/x', dataDir })).toThrow(
    'GATEHOUSE_SECRET_KEY must be set too',
  )
})
