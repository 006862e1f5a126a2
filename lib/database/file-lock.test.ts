import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isMarkAlive, isRunning, livingMarks, processMark, withFileLock } from '@/lib/database/file-lock.mjs'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-lock-'))
})

afterEach(() => rmSync(folder, { recursive: true }))

/** The mark of a process that has ended. */
async function deadMark() {
  const child = spawn('true')
  await once(child, 'exit')
  return `${child.pid}.1.dead`
}

test('one at a time, whoever asks at once, and nothing is left behind', async () => {
  let inside = 0
  let most = 0
  const work = async () => {
    most = Math.max(most, ++inside)
    await sleep(5)
    inside--
  }
  await Promise.all(Array.from({ length: 8 }, () => withFileLock(folder, work)))
  expect(most).toBe(1)
  expect(readdirSync(folder)).toEqual([])
})

test('gives the lock back when the work fails', async () => {
  await expect(withFileLock(folder, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await withFileLock(folder, () => 'yes')).toBe('yes')
})

test('passes over what killed processes left, before and after they had the lock', async () => {
  const dead = await deadMark()
  writeFileSync(join(folder, `ticket.1.${dead}`), '')
  writeFileSync(join(folder, `choosing.${dead}`), '')
  expect(await withFileLock(folder, () => 'mine', { waitMs: 10_000 })).toBe('mine')
  expect(readdirSync(folder)).toEqual([])
})

test('waits for a living one, says so once, and gives up in time', async () => {
  let told = 0
  await withFileLock(folder, async () => {
    const second = withFileLock(folder, () => {}, { waitMs: 200, onWait: () => told++ })
    await expect(second).rejects.toThrow(/another process has held .* for 0.2 seconds/)
  })
  expect(told).toBe(1)
})

test('a number that now belongs to a later process is not the one that made the mark', () => {
  const mine = processMark()
  expect(isMarkAlive(mine)).toBe(true)
  if (process.platform === 'linux') expect(isMarkAlive(`${process.pid}.1.older`)).toBe(false)
})

test('lists the living and removes the dead', async () => {
  mkdirSync(join(folder, 'clients'))
  const mine = processMark()
  writeFileSync(join(folder, 'clients', mine), '')
  writeFileSync(join(folder, 'clients', await deadMark()), '')
  expect(livingMarks(join(folder, 'clients'))).toEqual([mine])
  expect(readdirSync(join(folder, 'clients'))).toEqual([mine])
  expect(livingMarks(join(folder, 'missing'))).toEqual([])
})

test('knows who runs', () => {
  expect(isRunning(process.pid)).toBe(true)
  expect(isRunning(1)).toBe(true)
  for (const nobody of [0, -1, NaN, 2 ** 30]) expect(isRunning(nobody)).toBe(false)
})
