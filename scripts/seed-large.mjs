// `npm run seed:large -- [--users 100000] [--keys 100000] [--org acme]` fills an organization with made-up members and keys.
import { prepare } from './prepare.mjs'
import { loadEnvFile } from './project.mjs'
import { runPackage } from './run.mjs'
import { main } from './say.mjs'

await main(async () => {
  loadEnvFile()
  await prepare()
  const { code } = await runPackage('tsx/dist/cli.mjs', ['lib/seed/seed-large.ts', ...process.argv.slice(2)], { output: 'plain' })
  process.exitCode = code
})
