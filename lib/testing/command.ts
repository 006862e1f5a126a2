import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'

export type Said = { code: number | null; out: string; err: string }

/** The local command as a process of its own, as from a terminal; words are separated by blanks. */
export const localCommand = (databaseUrl: () => string) => async (line: string, input = ''): Promise<Said> => {
  const child = spawn(process.execPath, ['node_modules/tsx/dist/cli.mjs', 'lib/command/gatehouse.ts', ...line.split(' ')], {
    env: { ...process.env, DATABASE_URL: databaseUrl(), GATEHOUSE_SECRET_KEY: 'known-to-everybody-and-used-in-tests-only' },
  })
  child.stdin.end(input)
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), new Promise<number | null>((resolve) => child.once('close', resolve))])
  return { code, out, err }
}

export const jsonOf = ({ out }: Said): Record<string, unknown> => JSON.parse(out)
