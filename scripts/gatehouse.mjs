// `npm run --silent gatehouse -- <command> …`: the local command. Standard output is the command's alone.
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { prepare } from './prepare.mjs'
import { inRoot, loadEnvFile } from './project.mjs'
import { main } from './say.mjs'

/** npm runs this in the project's folder; files are meant from the folder in which the command was typed. */
function fromWhereItWasTyped(args, option) {
  const from = process.env.INIT_CWD ?? process.cwd()
  const at = args.findIndex((arg) => arg === option || arg.startsWith(`${option}=`))
  if (at < 0) return
  if (args[at] !== option) args[at] = `${option}=${resolve(from, args[at].slice(option.length + 1))}`
  else if (args[at + 1] !== undefined) args[at + 1] = resolve(from, args[at + 1])
}

await main(async () => {
  loadEnvFile()
  await prepare('programs')
  process.env.NODE_ENV = 'production'
  fromWhereItWasTyped(process.argv, '--model-file')
  process.argv[1] = inRoot('dist', 'gatehouse.js')
  await import(pathToFileURL(process.argv[1]).href)
})
