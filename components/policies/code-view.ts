import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { bracketMatching, indentOnInput, indentUnit } from '@codemirror/language'
import { lintGutter, lintKeymap, setDiagnostics, type Diagnostic } from '@codemirror/lint'
import { Annotation, Compartment, EditorState, StateEffect, StateField, type Extension } from '@codemirror/state'
import { Decoration, drawSelection, EditorView, highlightActiveLine, highlightSpecialChars, keymap, lineNumbers, type DecorationSet, type ViewUpdate } from '@codemirror/view'
import type { PolicyProblem } from '@/lib/access/policies/policy-text'
import { cedarCompletion, type CompletionSource } from './cedar-completion'
import { cedarHighlighting, cedarLanguage } from './cedar-language'
import { codeTheme } from './code-theme'
import { toViewOffset, withChanges, type ViewChange } from './line-ends'

/** A piece of the text that decided a question. */
export type Highlight = { start: number; end: number; effect: 'permit' | 'forbid' }

export type CodeViewOptions = {
  parent: HTMLElement
  text: string
  nonce: string
  isReadOnly: boolean
  label: string
  /** Id of the text that says how to leave with the keyboard. */
  describedBy: string
  completion: CompletionSource
  onChange: (text: string) => void
}

/** Marks a change that came from outside, so that it is not told back. */
const fromOutside = Annotation.define<boolean>()
const readOnly = new Compartment()

const setHighlights = StateEffect.define<readonly Highlight[]>()

const highlightField = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    const effect = transaction.effects.find((each) => each.is(setHighlights))
    if (!effect?.is(setHighlights)) return marks.map(transaction.changes)
    const { length } = transaction.newDoc
    const within = effect.value.filter(({ start, end }) => start < end && end <= length)
    return Decoration.set(within.map(({ start, end, effect: kind }) => Decoration.mark({ class: `cm-decided cm-decided-${kind}` }).range(start, end)), true)
  },
  provide: (field) => EditorView.decorations.from(field),
})

const access = (isReadOnly: boolean): Extension => [EditorState.readOnly.of(isReadOnly), EditorView.editable.of(!isReadOnly)]

function changesIn(update: ViewUpdate): ViewChange[] {
  const found: ViewChange[] = []
  update.changes.iterChanges((from, to, _fromNow, _toNow, inserted) => found.push({ from, to, text: inserted.toString() }))
  return found
}

type Told = Omit<CodeViewOptions, 'onChange'> & { onChange: (changes: readonly ViewChange[]) => void }

function extensions({ nonce, isReadOnly, label, describedBy, completion, onChange }: Told): Extension {
  return [
    EditorView.cspNonce.of(nonce),
    lineNumbers(), history(), drawSelection(), highlightSpecialChars(), highlightActiveLine(), bracketMatching(), closeBrackets(), indentOnInput(),
    indentUnit.of('  '), cedarLanguage, cedarHighlighting, codeTheme, lintGutter(), highlightField,
    autocompletion({ override: [cedarCompletion(completion)], icons: false }),
    keymap.of([...closeBracketsKeymap, ...completionKeymap, ...lintKeymap, ...historyKeymap, ...defaultKeymap, indentWithTab]),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ 'aria-label': label, 'aria-describedby': describedBy, spellcheck: 'false', autocapitalize: 'off', translate: 'no' }),
    readOnly.of(access(isReadOnly)),
    EditorView.updateListener.of((update) => {
      if (update.docChanged && !update.transactions.some((each) => each.annotation(fromOutside))) onChange(changesIn(update))
    }),
  ]
}

/** The editor of policy code, apart from React. Takes and tells places and texts as they are, whatever the line ends. */
export class CodeView {
  private readonly view: EditorView
  private text: string

  constructor(options: CodeViewOptions) {
    this.text = options.text
    const onChange = (changes: readonly ViewChange[]) => {
      this.text = withChanges(this.text, changes)
      options.onChange(this.text)
    }
    this.view = new EditorView({ parent: options.parent, state: EditorState.create({ doc: options.text, extensions: extensions({ ...options, onChange }) }) })
  }

  /** Brings another text in, changing only what differs, so that the cursor stays and the change can be undone. */
  setText(text: string): void {
    if (text === this.text) return
    this.text = text
    const before = this.view.state.doc.toString()
    const after = text.replace(/\r\n?/g, '\n')
    let start = 0
    while (start < before.length && start < after.length && before[start] === after[start]) start += 1
    let [from, to] = [before.length, after.length]
    while (from > start && to > start && before[from - 1] === after[to - 1]) [from, to] = [from - 1, to - 1]
    this.view.dispatch({ changes: { from: start, to: from, insert: after.slice(start, to) }, annotations: fromOutside.of(true) })
  }

  setReadOnly(isReadOnly: boolean): void {
    this.view.dispatch({ effects: readOnly.reconfigure(access(isReadOnly)) })
  }

  setProblems(problems: readonly PolicyProblem[]): void {
    const diagnostics = problems.map(({ start, end, severity, message, help }): Diagnostic => ({
      from: this.place(start), to: this.place(Math.max(end, start)), severity, message: help === undefined ? message : `${message}. ${help}`,
    }))
    this.view.dispatch(setDiagnostics(this.view.state, diagnostics))
  }

  setHighlights(highlights: readonly Highlight[]): void {
    const marks = highlights.map(({ start, end, effect }) => ({ start: this.place(start), end: this.place(end), effect }))
    this.view.dispatch({ effects: setHighlights.of(marks) })
  }

  /** Puts the cursor there, selects up to `end`, and shows it. */
  jumpTo(start: number, end = start): void {
    const anchor = this.place(start)
    this.view.dispatch({ selection: { anchor, head: this.place(end) }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) })
    this.view.focus()
  }

  destroy(): void {
    this.view.destroy()
  }

  private place(offset: number): number {
    return Math.min(Math.max(toViewOffset(this.text, offset), 0), this.view.state.doc.length)
  }
}
