/** A problem the person at the terminal can do something about: its message is shown, no stack. */
export class Problem extends Error {
  name = 'Problem'
}

/** Progress goes to standard error, so that standard output stays the program's own. */
export const say = (words) => process.stderr.write(`${words}\n`)

const OLDEST_NODE = [20, 19]

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return
  throw new Problem(`Gatehouse needs Node.js ${OLDEST_NODE.join('.')} or newer; this is ${process.version}.`)
}

/** Runs a script's main function, on a Node that is new enough, and ends in plain words when it fails. */
export async function main(work) {
  try {
    checkNode()
    await work()
  } catch (error) {
    say(error instanceof Error && ['Problem', 'StartError'].includes(error.name) ? error.message : (error?.stack ?? error))
    process.exit(error?.exitCode ?? 1)
  }
}
