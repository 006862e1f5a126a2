// `npm start`: everything from a fresh clone to a running server, in this one process at the end, so that a
// signal has nobody to get lost at.
import { createServer } from 'node:net'
import { pathToFileURL } from 'node:url'
import { prepare } from './prepare.mjs'
import { inRoot, loadEnvFile, root } from './project.mjs'
import { main, Problem } from './say.mjs'

await main(async () => {
  process.chdir(root)
  loadEnvFile()
  await checkPort(Number(process.env.PORT || 3000))
  await prepare('pages')
  Object.assign(process.env, { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' })
  await import(pathToFileURL(inRoot('dist', 'server.js')).href)
})

/** Before a build of a minute, not after it. The server checks again when it listens. */
async function checkPort(port) {
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Problem(`PORT is ${process.env.PORT}; it has to be a number from 0 to 65535.`)
  const probe = createServer()
  const error = await new Promise((resolve) => {
    probe.once('error', resolve)
    probe.listen(port, () => probe.close(() => resolve(null)))
  })
  if (error?.code === 'EADDRINUSE')
    throw new Problem(
      `Port ${port} is taken by another program. Stop it, or choose another port: PORT=${port + 1} npm start`,
    )
  if (error?.code === 'EACCES')
    throw new Problem(`This user may not listen on port ${port}. Choose one above 1023: PORT=3000 npm start`)
}
