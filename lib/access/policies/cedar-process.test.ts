import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

test('giving up optimized code during a call does not end the process', { timeout: 120_000 }, () => {
  const script = fileURLToPath(new URL('./testing/hot-cedar.ts', import.meta.url))
  const { stdout, signal, status } = spawnSync(process.execPath, ['--import', 'tsx', script], { encoding: 'utf8' })
  expect({ stdout, signal, status }).toEqual({ stdout: 'changed\n', signal: null, status: 0 })
})
