/** A problem the person at the terminal can do something about: its message is shown, no stack. */
export class Problem extends Error {
  name = 'Problem'
}

/** Progress goes to standard error, so that standard output stays the program's own. */
export const say = (words) => process.stderr.write(`${words}\n`)

/** Runs a script's main function and ends the process in plain words when it fails. */
export async function main(work) {
  try {
    await work()
  } catch (error) {
    say(error instanceof Error && ['Problem', 'StartError'].includes(error.name) ? error.message : (error?.stack ?? error))
    process.exit(error?.exitCode ?? 1)
  }
}
