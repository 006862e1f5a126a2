// `npm run dev`: the sources themselves, with hot reload, on the same database as `npm start`.
import { prepare } from './prepare.mjs'
import { loadEnvFile } from './project.mjs'
import { runPackage } from './run.mjs'
import { main } from './say.mjs'

await main(async () => {
  loadEnvFile()
  await prepare('packages')
  const env = { NODE_ENV: 'development', NEXT_TELEMETRY_DISABLED: '1' }
  const { code } = await runPackage('tsx/dist/cli.mjs', ['watch', '--exclude', '.next/**', 'server.ts'], {
    env,
    output: 'plain',
  })
  process.exitCode = code
})
