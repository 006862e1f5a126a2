// `npm run client` makes client/gatehouse.ts anew out of the OpenAPI document. No database is needed.
import { prepare } from './prepare.mjs'
import { runPackage } from './run.mjs'
import { main } from './say.mjs'

const NOWHERE = { DATABASE_URL: 'postgres://nobody@localhost:1/none', GATEHOUSE_SECRET_KEY: 'only-to-describe-the-api-and-for-nothing-else' }

await main(async () => {
  await prepare('packages')
  const { code } = await runPackage('tsx/dist/cli.mjs', ['scripts/client/write-client.ts'], { env: NOWHERE, output: 'plain' })
  process.exitCode = code
})
