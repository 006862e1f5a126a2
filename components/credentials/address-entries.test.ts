import { expect, test } from 'vitest'
import { readEntries } from './address-entries'

test.each<[string, string | null, string | null]>([
  ['203.0.113.7', null, null],
  ['203.0.113.0/24', null, null],
  ['203.0.113.7/24', 'bits beyond the prefix: write 203.0.113.0/24', null],
  ['255.255.255.255/1', 'bits beyond the prefix: write 128.0.0.0/1', null],
  ['0.0.0.0/0', null, 'every address'],
  ['2001:db8::/32', null, null],
  ['::ffff:192.0.2.7', null, null],
  ['fe80::1%eth0', 'not an address or a range', null],
  ['256.0.0.1', 'not an address or a range', null],
  ['010.0.0.1', 'not an address or a range', null],
  ['10.0.0.0/33', 'the part after / is 0 to 32', null],
  ['10.0.0.0/08', 'the part after / is 0 to 32', null],
  ['::/129', 'the part after / is 0 to 128', null],
  ['1.2.3.4/', 'the part after / is 0 to 32', null],
  ['1.2.3.4/8/8', 'not an address or a range', null],
  ['gateway.example', 'not an address or a range', null],
  [':::', 'not an address or a range', null],
])('%s: %s, %s', (text, problem, note) => {
  expect(readEntries(text)).toEqual([{ text, problem, note }])
})

test('a pasted list, with what is twice in it', () => {
  expect(readEntries(' 10.0.0.1,\n10.0.0.2;10.0.0.1 ').map(({ text, problem }) => [text, problem])).toEqual([['10.0.0.1', null], ['10.0.0.2', null], ['10.0.0.1', 'twice in the list']])
})
