// The failed tests of a report, in short: who reads only the end of a long log sees what failed and why.
const SHOWN = 8
const LINES = 8

/** Colours are for terminals, and the report keeps them. */
const plain = (text) => text.replace(/\u001B\[[0-9;]*m/g, '')

const shorten = (message) => plain(message ?? '').split('\n').filter((line) => line.trim() !== '').slice(0, LINES).map((line) => `      ${line.slice(0, 200)}`)

/** @param report what vitest's JSON reporter wrote, or undefined @returns `{ name, message }` of each failed test */
export function failuresOfUnits(report) {
  return (report?.testResults ?? []).flatMap(({ name, message, assertionResults }) => {
    const failed = assertionResults.filter(({ status }) => status === 'failed').map((test) => ({ name: `${name}: ${test.fullName}`, message: test.failureMessages[0] }))
    // a file that could not be loaded has a message of its own
    return failed.length === 0 && message ? [{ name, message }] : failed
  })
}

/** @param report what Playwright's JSON reporter wrote, or undefined @returns `{ name, message }` of each failed test, and of faults outside tests */
export function failuresInBrowser(report) {
  const outside = (report?.errors ?? []).map(({ message }) => ({ name: 'outside the tests', message }))
  return [...outside, ...(report?.suites ?? []).flatMap(failuresOfSuite)]
}

function failuresOfSuite({ specs = [], suites = [] }) {
  const failed = specs.filter(({ ok }) => !ok).map(({ file, line, title, tests }) => ({
    name: `${file}:${line}: ${title}`,
    message: tests.flatMap(({ results }) => results).flatMap(({ errors }) => errors)[0]?.message,
  }))
  return [...failed, ...suites.flatMap(failuresOfSuite)]
}

/** Lines that tell of failures, or none. */
export function linesOfFailures(failures) {
  const shown = failures.slice(0, SHOWN).flatMap(({ name, message }) => [`  - ${name}`, ...shorten(message)])
  return failures.length > SHOWN ? [...shown, `  and ${failures.length - SHOWN} more`] : shown
}
