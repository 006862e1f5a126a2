import { readFileSync } from 'node:fs'
import type { AccessModel } from '@/lib/access/models/access-model'
import { isModelName, findModel } from '@/lib/access/models/catalogue'

/** A policy text of the corpus, and for each of its statements `row` or why it is none; or `template`, or `error`. */
export type CorpusCase = { name: string; model: AccessModel; text: string; outcomes: readonly string[] }

const HEAD = /^(?:\[(?<model>[a-z]+)\] )?(?<name>.*) ->(?<outcomes>.*)$/

/** The cases of `testdata/corpus.txt`: heads begin with `####`, what follows up to the next is the text. */
export function readCorpus(): CorpusCase[] {
  const file = readFileSync(new URL('../testdata/corpus.txt', import.meta.url), 'utf8')
  return file.split(/^#### /m).slice(1).map((part) => {
    const lineEnd = part.indexOf('\n')
    const { model = 'rocketadmin', name = '', outcomes = '' } = HEAD.exec(part.slice(0, lineEnd))?.groups ?? {}
    if (!isModelName(model) || name === '') throw new Error(`a head of the corpus cannot be read: ${part.slice(0, lineEnd)}`)
    return { name, model: findModel(model), text: part.slice(lineEnd + 1), outcomes: outcomes.trim().split(' ').filter((word) => word !== '') }
  })
}
