// `npm run --silent gatehouse -- <command> …`: the local command. Standard output is the command's alone.
import { pathToFileURL } from 'node:url'
import { prepare } from './prepare.mjs'
import { inRoot, loadEnvFile } from './project.mjs'
import { main } from './say.mjs'

await main(async () => {
  loadEnvFile()
  await prepare('programs')
  process.env.NODE_ENV = 'production'
  process.argv[1] = inRoot('dist', 'gatehouse.js')
  await import(pathToFileURL(process.argv[1]).href)
})
