// The Users list at 1,000 and at 100,000 members, interleaved in one run, as ratios.
// Needs a running installation with two organizations filled by `npm run seed:large`, and an administrator of both.
// Run: node bench/members.mjs --url http://localhost:3000 --email admin@acme.test --password … --small size-1000 --large size-100000
import { cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://localhost:3000' }, email: { type: 'string', default: 'admin@acme.test' }, password: { type: 'string', default: '' },
    small: { type: 'string', default: 'size-1000' }, large: { type: 'string', default: 'size-100000' }, rounds: { type: 'string', default: '40' },
  },
})

/** Signs in by NextAuth's own road, as a program would, and answers the cookie. */
async function signIn() {
  const first = await fetch(`${values.url}/api/auth/csrf`)
  const jar = first.headers.getSetCookie().map((cookie) => cookie.split(';')[0])
  const { csrfToken } = await first.json()
  const answer = await fetch(`${values.url}/api/auth/callback/password`, {
    method: 'POST', redirect: 'manual',
    headers: { cookie: jar.join('; '), origin: values.url, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ csrfToken, email: values.email, password: values.password, json: 'true' }),
  })
  const session = answer.headers.getSetCookie().find((cookie) => cookie.includes('gatehouse.session'))
  if (!session) throw new Error(`signing in failed: ${answer.status} ${await answer.text()}`)
  return session.split(';')[0]
}

const cookie = await signIn()
const CASES = [
  ['first page', '/users'],
  ['last page', '/users?last=1'],
  ['search, one hit', '/users?q=member777%40'],
  ['search, many hits', '/users?q=member'],
  ['filter: suspended', '/users?status=suspended'],
  ['sort: last seen', '/users?sort=-last-seen'],
]

async function time(path) {
  const begun = performance.now()
  const answer = await fetch(values.url + path, { headers: { cookie } })
  const text = await answer.text()
  if (answer.status !== 200 || !text.includes('@')) throw new Error(`${path}: ${answer.status}`)
  return performance.now() - begun
}

const median = (list) => list.sort((a, b) => a - b)[Math.floor(list.length / 2)]
console.log(`Node ${process.version}, ${cpus().length} cores, load of the machine ${loadavg()[0].toFixed(1)}, ${values.rounds} interleaved rounds, medians.\n`)
console.log('| Users page | 1,000 members, ms | 100,000 members, ms | ratio |\n| --- | --- | --- | --- |')
for (const [name, path] of CASES) {
  const took = { small: [], large: [] }
  for (let round = -5; round < Number(values.rounds); round++)
    for (const size of ['small', 'large']) {
      const ms = await time(`/${values[size]}${path}`)
      if (round >= 0) took[size].push(ms)
    }
  const [small, large] = [median(took.small), median(took.large)]
  console.log(`| ${name} | ${small.toFixed(1)} | ${large.toFixed(1)} | ${(large / small).toFixed(2)} |`)
}
