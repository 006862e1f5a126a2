import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newId } from '@/lib/ids'
import { IdTable } from './id-table'

const ours = fc.tuple(fc.constantFrom('usr', 'grp', 'fld'), fc.uuid()).map(([prefix, uuid]) => `${prefix}_${uuid}`)
const anyId = fc.oneof(ours, fc.string(), fc.constantFrom('usr_', 'usr_00000000-0000-0000-0000-00000000000G', '1234/products'))
const step = fc.record({ id: anyId, deed: fc.constantFrom('intern', 'remove', 'find') })

test('gives each id its number and takes it back, as a map would', () => {
  fc.assert(fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
    const table = new IdTable()
    const known = new Map<string, number>()
    for (const { id, deed } of steps) {
      if (deed === 'intern') {
        const index = table.intern(id)
        expect(known.get(id) ?? index).toBe(index)
        expect([...known].find(([other, taken]) => taken === index && other !== id)).toBeUndefined()
        known.set(id, index)
      } else if (deed === 'remove') {
        table.remove(id)
        known.delete(id)
      }
      expect(table.find(id)).toBe(known.get(id) ?? -1)
    }
    for (const [id, index] of known) expect([table.find(id), table.idAt(index)]).toEqual([index, id])
  }))
})

test('orders as strings do', () => {
  fc.assert(fc.property(anyId, anyId, (a, b) => {
    const table = new IdTable()
    expect(Math.sign(table.compare(table.intern(a), table.intern(b)))).toBe(a === b ? 0 : a < b ? -1 : 1)
  }))
})

test('keeps thousands of ids made together apart', () => {
  const table = new IdTable()
  const ids = Array.from({ length: 20_000 }, () => newId('user'))
  const numbers = ids.map((id) => table.intern(id))
  expect(new Set(numbers).size).toBe(ids.length)
  expect(numbers.map((number) => table.idAt(number))).toEqual(ids)
  for (const id of ids.slice(0, 10_000)) table.remove(id)
  expect(ids.map((id) => table.find(id))).toEqual([...new Array<number>(10_000).fill(-1), ...numbers.slice(10_000)])
})
