/**
 * Lists of the management API over HTTP with a key, against a running installation that was filled with
 * `npm run seed:large -- --users 10000`.
 * Run: npx tsx bench/api-list.ts --url http://localhost:3000 --key gh_key_… [--connections 32] [--seconds 8]
 */
import { Agent, get } from 'node:http'
import { cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: { url: { type: 'string', default: 'http://localhost:3000' }, key: { type: 'string' }, connections: { type: 'string', default: '32' }, seconds: { type: 'string', default: '8' } },
})
const { url, key = '' } = values
const connections = Number(values.connections)
const seconds = Number(values.seconds)
const agent = new Agent({ keepAlive: true, maxSockets: connections })

function ask(path: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    get(new URL(path, url), { agent, headers: { authorization: `Bearer ${key}` } }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => {
        const body = Buffer.concat(chunks)
        if (response.statusCode === 200) resolve(body)
        else reject(new Error(`${path}: ${response.statusCode} ${body.toString()}`))
      })
    }).on('error', reject)
  })
}

/** As many requests as go in the time. Returns how long each took, in milliseconds, sorted. */
async function load(path: string, forSeconds: number): Promise<number[]> {
  const end = performance.now() + forSeconds * 1000
  const took: number[] = []
  const client = async () => {
    while (performance.now() < end) {
      const begun = performance.now()
      await ask(path)
      took.push(performance.now() - begun)
    }
  }
  await Promise.all(Array.from({ length: connections }, client))
  return took.sort((a, b) => a - b)
}

/** The address of a page in the middle: twenty pages on. */
async function deepPage(path: string): Promise<string> {
  let cursor = ''
  for (let page = 0; page < 20; page++) {
    const body: { nextCursor: string | null } = JSON.parse((await ask(`${path}${cursor && `&cursor=${cursor}`}`)).toString())
    if (body.nextCursor === null) break
    cursor = body.nextCursor
  }
  return `${path}&cursor=${cursor}`
}

const LIST = '/api/v1/users?limit=50'
const cases: [string, string][] = [
  ['list 50, first page', LIST],
  ['list 50, twentieth page', await deepPage(LIST)],
  ['list 50, last seen first', `${LIST}&sort=-last-seen`],
  ['find one by address', '/api/v1/users?limit=50&q=member4242'],
  ['whoami', '/api/v1/whoami'],
]

console.log(`Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), ${connections} connections, ${seconds} s each after 3 s of warming up; load of the machine ${loadavg()[0]?.toFixed(1)}.\n`)
console.log('| what | requests/s | p50 ms | p99 ms |\n| --- | --- | --- | --- |')
for (const [name, path] of cases) {
  await load(path, 3)
  const took = await load(path, seconds)
  const at = (share: number) => (took[Math.floor(took.length * share)] ?? 0).toFixed(0)
  console.log(`| ${name} | ${Math.round(took.length / seconds)} | ${at(0.5)} | ${at(0.99)} |`)
}
agent.destroy()
