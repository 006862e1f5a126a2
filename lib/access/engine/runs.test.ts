import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Runs } from './runs'

const step = fc.record({ owner: fc.nat(4), value: fc.nat(1_000), remove: fc.option(fc.nat(40)) })

test('keeps what each owner has, as arrays would', () => {
  fc.assert(fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
    const runs = new Runs(2)
    const arrays: [number, number][][] = Array.from({ length: 5 }, () => [])
    for (const { owner, value, remove } of steps) {
      const array = arrays[owner] ?? []
      if (remove === null) {
        const entry = runs.push(owner)
        expect(entry).toBe(array.length)
        expect([runs.get(owner, entry, 0), runs.get(owner, entry, 1)]).toEqual([0, 0])
        runs.set(owner, entry, 0, value)
        runs.set(owner, entry, 1, value + 1)
        array.push([value, value + 1])
      } else if (array.length > 0) {
        const entry = remove % array.length
        runs.removeAt(owner, entry)
        const last = array.pop()
        if (last && entry < array.length) array[entry] = last
      }
    }
    const kept = arrays.map((_, owner) => Array.from({ length: runs.count(owner) }, (__, entry) =>
      [runs.get(owner, entry, 0), runs.get(owner, entry, 1)]))
    expect(kept).toEqual(arrays)
  }))
})

test('room that was freed is used again', () => {
  const runs = new Runs(3)
  for (let entry = 0; entry < 64; entry++) runs.push(0)
  const { bytes } = runs
  for (let round = 0; round < 100; round++) {
    while (runs.count(0) > 0) runs.removeAt(0, 0)
    for (let entry = 0; entry < 64; entry++) runs.push(0)
  }
  expect(runs.bytes).toBe(bytes)
})
