import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { addressProblem, readAddresses, splitAddresses } from './rules'

test.each([
  ['a@x.test,b@x.test', ['a@x.test', 'b@x.test']],
  ['a@x.test b@x.test\n\nc@x.test;d@x.test', ['a@x.test', 'b@x.test', 'c@x.test', 'd@x.test']],
  ['"Doe, Jo" <jo@x.test>, Al Ma <al@x.test>', ['jo@x.test', 'al@x.test']],
  ['<jo@x.test>', ['jo@x.test']],
  ['mailto:Jo@X.test', ['jo@x.test']],
  ['a@x.test, nonsense', ['a@x.test', 'nonsense']],
  ['first@x.test Jo <jo@x.test>', ['first@x.test', 'jo@x.test']],
  ['a@x.test a@x.test', ['a@x.test', 'a@x.test']],
  [' ,;\n ', []],
])('splits %j', (text, addresses) => {
  expect(splitAddresses(text)).toEqual(addresses)
})

test.each([
  ['jo@x.test', null],
  ['jo+tag@mail.x.test', null],
  ['jo', 'no @ in it'],
  ['jo@@x.test', 'more than one @ in it'],
  ['@x.test', 'nothing before the @'],
  ['jo@x', 'no complete domain after the @'],
  ['jo@x..test', 'not an e-mail address'],
  ['.jo@x.test', 'not an e-mail address'],
  [`${'j'.repeat(250)}@x.test`, 'longer than 254 characters'],
])('says what is wrong with %j', (address, problem) => {
  expect(addressProblem(address)).toBe(problem)
})

test('accepts exactly the addresses that zod accepts', () => {
  const piece = fc.stringMatching(/^[a-zA-Z0-9._%+'@\- !é]{0,12}$/)
  fc.assert(fc.property(fc.tuple(piece, piece, piece), ([local, host, end]) => {
    const address = `${local}@${host}.${end}`
    expect(addressProblem(address) === null).toBe(z.email().safeParse(address).success)
  }), { numRuns: 2000 })
})

test('shows each address as a chip with what is wrong with it', () => {
  expect(readAddresses('a@x.test, oops, A@x.test')).toEqual([
    { email: 'a@x.test', problem: null },
    { email: 'oops', problem: 'no @ in it' },
    { email: 'a@x.test', problem: 'given twice' },
  ])
})

test('a long list without brackets takes no time to split', () => {
  const text = 'word '.repeat(20_000)
  const begun = performance.now()
  expect(splitAddresses(text)).toHaveLength(20_000)
  expect(performance.now() - begun).toBeLessThan(1000)
})
