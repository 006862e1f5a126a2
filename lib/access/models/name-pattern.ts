/** Most repetitions of unknown length: with names of some 200 characters the time to match stays small. */
const REPETITIONS_MAX = 3

const CLASS = /\[(?:\\.|[^\]\\])*\]/gsu
const ESCAPE = /\\(?:u\{[0-9a-f]+\}|[pP]\{[^}]*\}|.)/gisu

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, 'u') instanceof RegExp
  } catch {
    return false
  }
}

/**
 * What is wrong with a regular expression that names are to match, or null.
 *
 * An administrator writes it and every new name is tried against it, so patterns on which JavaScript's matcher may take
 * for ever are refused: repeated groups, back references, many repetitions.
 */
export function patternProblem(text: string): string | null {
  if (!isPattern(text)) return 'not a regular expression'
  if (/\\(?:[1-9]|k<)/.test(text.replaceAll('\\\\', ''))) return 'back references cannot be used here'
  const bare = text.replace(ESCAPE, 'x').replace(CLASS, 'x')
  if (/\)(?:[*+]|\{)/.test(bare)) return 'a group cannot be repeated here'
  const repetitions = bare.match(/[*+]|\{\d+,\d*\}/g)?.length ?? 0
  return repetitions > REPETITIONS_MAX ? `at most ${REPETITIONS_MAX} repetitions of unknown length can be used here` : null
}
