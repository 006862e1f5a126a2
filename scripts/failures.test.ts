import { describe, expect, it } from 'vitest'
import { failuresInBrowser, failuresOfUnits, linesOfFailures } from './failures.mjs'

describe('failed tests at the end of a long log', () => {
  it('names each failed unit test with what went wrong, and a file that could not be read', () => {
    const report = {
      testResults: [
        { name: 'lib/a.test.ts', message: '', assertionResults: [{ status: 'passed', fullName: 'adds' }, { status: 'failed', fullName: 'takes away', failureMessages: ['AssertionError: expected 1 to be 2\n    at lib/a.test.ts:3'] }] },
        { name: 'lib/b.test.ts', message: 'SyntaxError: nothing follows', assertionResults: [] },
        { name: 'lib/c.test.ts', message: '', assertionResults: [{ status: 'passed', fullName: 'goes' }] },
      ],
    }
    expect(failuresOfUnits(report)).toEqual([
      { name: 'lib/a.test.ts: takes away', message: 'AssertionError: expected 1 to be 2\n    at lib/a.test.ts:3' },
      { name: 'lib/b.test.ts', message: 'SyntaxError: nothing follows' },
    ])
  })

  it('finds failed browser tests in groups of groups, and faults outside tests', () => {
    const spec = (title: string, ok: boolean, message?: string) => ({ ok, title, file: 'sso.spec.ts', line: 120, tests: [{ results: [{ errors: message === undefined ? [] : [{ message }] }] }] })
    const report = {
      errors: [{ message: 'Error: no browser' }],
      suites: [{ specs: [spec('signs in', true)], suites: [{ specs: [spec('signs out', false, 'Error: still there')] }] }],
    }
    expect(failuresInBrowser(report)).toEqual([
      { name: 'outside the tests', message: 'Error: no browser' },
      { name: 'sso.spec.ts:120: signs out', message: 'Error: still there' },
    ])
  })

  it('shows the first lines of each without colours, and counts what it leaves out', () => {
    const message = `\u001B[31mError:\u001B[39m wrong\n\n${Array.from({ length: 20 }, (_, at) => `line ${at}`).join('\n')}`
    const lines = linesOfFailures(Array.from({ length: 10 }, (_, at) => ({ name: `test ${at}`, message })))
    expect(lines.slice(0, 4)).toEqual(['  - test 0', '      Error: wrong', '      line 0', '      line 1'])
    expect(lines).toHaveLength(8 * 9 + 1)
    expect(lines.at(-1)).toBe('  and 2 more')
  })

  it('has nothing to say of green runs and of reports that were not written', () => {
    expect(linesOfFailures([...failuresOfUnits(undefined), ...failuresInBrowser(undefined)])).toEqual([])
  })
})
