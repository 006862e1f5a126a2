// `node scripts/complete-lock.mjs`, after a change to the dependencies: adds to package-lock.json the builds for
// other platforms that the registry at hand does not carry. npm leaves them out silently, and `npm ci` then
// refuses the lock file. They get no checksum, and are fetched only on the platform they are for.
import { readFileSync, writeFileSync } from 'node:fs'
import { inRoot } from './project.mjs'

const OS = /(?:^|-)(android|darwin|freebsd|linux|openharmony|win32)(?:-|$)/
const CPU = /-(arm64|x64|ia32|loong64|ppc64|riscv64|s390x|arm|wasm32)(?:-|$)/
const LIBC = { gnu: 'glibc', gnueabihf: 'glibc', musl: 'musl', musleabihf: 'musl' }

const file = inRoot('package-lock.json')
const lock = JSON.parse(readFileSync(file, 'utf8'))
const added = []
for (const [path, { optionalDependencies = {} }] of Object.entries(lock.packages))
  for (const [name, version] of Object.entries(optionalDependencies)) if (!isLocked(path, name)) add(name, version)

lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en')))
if (added.length > 0) writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
console.log(added.length > 0 ? `Added to package-lock.json:\n${added.join('\n')}` : 'package-lock.json is complete.')

/** As Node finds packages: beside the one that asks, or in a node_modules further up. */
function isLocked(path, name) {
  for (let at = path; ; at = at.replace(/(^|\/)node_modules\/(@[^/]+\/)?[^/]+$/, '')) {
    if (`${at && `${at}/`}node_modules/${name}` in lock.packages) return true
    if (at === '') return false
  }
}

function add(name, version) {
  const os = OS.exec(name.split('/').at(-1))?.[1]
  const cpu = CPU.exec(name)?.[1]
  const libc = os === 'linux' ? LIBC[name.split('-').at(-1)] : undefined
  if (!cpu || !/^\d+\.\d+\.\d+/.test(version)) {
    console.log(`Left out: ${name} ${version}, since its name does not tell its platform or its version is a range.`)
    return
  }
  lock.packages[`node_modules/${name}`] = {
    version,
    cpu: [cpu],
    ...(libc && { libc: [libc] }),
    optional: true,
    ...(os && { os: [os] }),
  }
  added.push(`${name} ${version}`)
}
