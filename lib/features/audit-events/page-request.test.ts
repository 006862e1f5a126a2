import { expect, test } from 'vitest'
import { pageRequestOf } from './page-request'

const NOW = new Date('2026-11-22T05:00:00Z')

test('the bare page: the last 48 hours, nothing filtered, 25 rows', () => {
  expect(pageRequestOf({}, NOW)).toEqual({
    span: { range: '48h', from: new Date('2026-11-20T05:00:00Z'), to: new Date('2026-11-22T05:00:01Z') },
    filters: { event: [], outcome: [], from: new Date('2026-11-20T05:00:00Z'), to: new Date('2026-11-22T05:00:01Z') },
    problems: [], page: { limit: 25, last: false }, opened: null,
  })
})

test('reads every parameter; blank ones and "any" are absent', () => {
  const request = pageRequestOf({
    from: '2026-11-01', to: '2026-11-02', actor: ' ops@acme.test ', action: ['member.suspend', 'any', 'member.remove'], target: '', outcome: 'denied', address: '2001:DB8::1', q: 'x', limit: '50', after: 'abc', event: 'evt_1',
  }, NOW)
  expect(request).toEqual({
    span: { range: null, from: new Date('2026-11-01'), to: new Date('2026-11-02') },
    filters: { from: new Date('2026-11-01'), to: new Date('2026-11-02'), actor: 'ops@acme.test', event: ['member.suspend', 'member.remove'], outcome: ['denied'], address: '2001:db8::1', q: 'x' },
    problems: [], page: { limit: 50, last: false, after: 'abc' }, opened: 'evt_1',
  })
})

test('never throws: what makes no sense is told by the filter’s name, or falls back', () => {
  const request = pageRequestOf({ address: 'x', action: 'Suspend', limit: '7', after: 'a'.repeat(3000), range: 'x' }, NOW)
  expect(request.problems).toEqual(['Action: Expected the name of an event such as member.suspend.', 'Address: Expected an IP address such as 192.0.2.7.'])
  expect(request).toMatchObject({ page: { limit: 25, last: false }, span: { range: '48h' }, filters: { event: [], outcome: [] } })
})
