/**
 * A strict reader for the small part of XML that SAML needs. It is no replacement for the parser that checks
 * signatures: it reads the same bytes first and refuses whatever two parsers could understand differently.
 */

export type XmlAttribute = { name: string; local: string; namespace: string; value: string }

export type XmlElement = {
  /** As written, with its prefix. */
  name: string
  local: string
  /** Empty when it has none. */
  namespace: string
  attributes: readonly XmlAttribute[]
  children: readonly (XmlElement | string)[]
}

export type XmlFault = 'malformed' | 'doctype' | 'comment' | 'processing-instruction' | 'cdata' | 'too-large'

/** Why a text was not read; `offset` counts UTF-16 units from its start. */
export class XmlError extends Error {
  readonly fault: XmlFault
  readonly offset: number
  constructor(fault: XmlFault, message: string, offset: number) {
    super(message)
    this.name = 'XmlError'
    this.fault = fault
    this.offset = offset
  }
}

export type XmlLimits = {
  maxLength: number
  maxDepth: number
  maxElements: number
  /** Whether comments, processing instructions and CDATA are passed over, as in metadata, or refused, as in messages. */
  isLenient?: boolean
}

const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace'
const XMLNS_NAMESPACE = 'http://www.w3.org/2000/xmlns/'
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

// Names are ASCII: every name in SAML, signatures and encryption is.
const QNAME = /(?:([A-Za-z_][\w.-]*):)?([A-Za-z_][\w.-]*)/y
const SPACE = /[ \t\n]*/y
const TEXT = /[^<]*/y
const DECLARATION = /^<\?xml[ \t\n]+version=(["'])1\.[01]\1(?:[ \t\n]+encoding=(["'])([A-Za-z][\w.-]*)\2)?(?:[ \t\n]+standalone=(["'])(?:yes|no)\4)?[ \t\n]*\?>/
// What XML 1.0 does not allow anywhere, half surrogate pairs included.
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/

type Scope = ReadonlyMap<string, string>
type Cursor = { text: string; at: number; elements: number; limits: XmlLimits }
type Open = { name: string; local: string; namespace: string; attributes: XmlAttribute[]; children: (XmlElement | string)[]; scope: Scope }

const fail = (cursor: Cursor, message: string, fault: XmlFault = 'malformed'): never => {
  throw new XmlError(fault, message, cursor.at)
}

/** The match of a sticky expression here, stepped over. */
function take(cursor: Cursor, pattern: RegExp): RegExpExecArray | null {
  pattern.lastIndex = cursor.at
  const match = pattern.exec(cursor.text)
  if (match) cursor.at = pattern.lastIndex
  return match
}

const startsWith = (cursor: Cursor, word: string): boolean => cursor.text.startsWith(word, cursor.at)

function expect(cursor: Cursor, word: string): void {
  if (!startsWith(cursor, word)) fail(cursor, `expected \`${word}\``)
  cursor.at += word.length
}

function codePoint(cursor: Cursor, reference: string): string {
  const code = reference.startsWith('#x') ? Number.parseInt(reference.slice(2), 16) : Number.parseInt(reference.slice(1), 10)
  const isAllowed = code === 9 || code === 10 || code === 13 || (code >= 32 && code < 0xd800) || (code > 0xdfff && code < 0xfffe) || (code > 0xffff && code <= 0x10ffff)
  return isAllowed ? String.fromCodePoint(code) : fail(cursor, `the character reference \`&${reference};\` is not allowed`)
}

function unescape(cursor: Cursor, raw: string): string {
  if (!raw.includes('&')) return raw
  return raw.replace(/&([^;&]*);?/g, (whole, reference: string) => {
    if (!whole.endsWith(';')) return fail(cursor, 'an `&` begins no reference')
    if (/^#(?:\d{1,7}|x[0-9a-fA-F]{1,6})$/.test(reference)) return codePoint(cursor, reference)
    return Object.hasOwn(ENTITIES, reference) ? (ENTITIES[reference] ?? '') : fail(cursor, `the entity \`&${reference};\` is not known`)
  })
}

function readAttributes(cursor: Cursor): { name: string; prefix: string; local: string; value: string }[] {
  const found: { name: string; prefix: string; local: string; value: string }[] = []
  for (;;) {
    const hadSpace = (take(cursor, SPACE)?.[0].length ?? 0) > 0
    if (startsWith(cursor, '>') || startsWith(cursor, '/>')) return found
    const name = hadSpace ? take(cursor, QNAME) : null
    if (!name) return fail(cursor, 'expected an attribute')
    take(cursor, SPACE)
    expect(cursor, '=')
    take(cursor, SPACE)
    const quote = startsWith(cursor, '"') ? '"' : startsWith(cursor, "'") ? "'" : fail(cursor, 'expected a quoted value')
    const end = cursor.text.indexOf(quote, cursor.at + 1)
    if (end < 0) fail(cursor, 'a value does not end')
    const raw = cursor.text.slice(cursor.at + 1, end)
    if (raw.includes('<')) fail(cursor, 'a value may hold no `<`')
    if (found.some((other) => other.name === name[0])) fail(cursor, `the attribute \`${name[0]}\` comes twice`)
    found.push({ name: name[0], prefix: name[1] ?? '', local: name[2] ?? '', value: unescape(cursor, raw.replace(/[\t\n]/g, ' ')) })
    cursor.at = end + 1
  }
}

function declare(cursor: Cursor, scope: Map<string, string>, prefix: string, uri: string): void {
  if (prefix === 'xmlns' || prefix === 'xml' || uri === XML_NAMESPACE || uri === XMLNS_NAMESPACE) fail(cursor, 'the names `xml` and `xmlns` may not be declared')
  if (prefix !== '' && uri === '') fail(cursor, `the prefix \`${prefix}\` is declared as nothing`)
  scope.set(prefix, uri)
}

const resolve = (cursor: Cursor, scope: Scope, prefix: string): string =>
  prefix === 'xml' ? XML_NAMESPACE : (scope.get(prefix) ?? (prefix === '' ? '' : fail(cursor, `the prefix \`${prefix}\` is not declared`)))

/** Reads `<name …` up to, not including, its `>` or `/>`. */
function readStart(cursor: Cursor, outer: Scope, depth: number): Open {
  if (++cursor.elements > cursor.limits.maxElements) fail(cursor, `more than ${cursor.limits.maxElements} elements`, 'too-large')
  if (depth > cursor.limits.maxDepth) fail(cursor, `elements nest deeper than ${cursor.limits.maxDepth}`, 'too-large')
  const name = take(cursor, QNAME) ?? fail(cursor, 'expected the name of an element')
  const raw = readAttributes(cursor)
  const scope = new Map(outer)
  for (const { prefix, name: full, local, value } of raw) {
    if (full === 'xmlns') declare(cursor, scope, '', value)
    else if (prefix === 'xmlns') declare(cursor, scope, local, value)
  }
  const attributes = raw
    .filter(({ prefix, name: full }) => prefix !== 'xmlns' && full !== 'xmlns')
    .map(({ name: full, prefix, local, value }) => ({ name: full, local, value, namespace: prefix === '' ? '' : resolve(cursor, scope, prefix) }))
  const known = new Set(attributes.map(({ namespace, local }) => `${namespace} ${local}`))
  if (known.size !== attributes.length) fail(cursor, 'one attribute comes under two prefixes')
  return { name: name[0], local: name[2] ?? '', namespace: resolve(cursor, scope, name[1] ?? ''), attributes, children: [], scope }
}

/** Steps over `<?…?>`, `<!--…-->` or `<![CDATA[…]]>` where they are allowed, and gives the text they stand for; null when none is here. */
function readAside(cursor: Cursor): string | null {
  const kinds = [['<!--', '-->', 'comment', 'a comment'], ['<![CDATA[', ']]>', 'cdata', 'a CDATA section'], ['<?', '?>', 'processing-instruction', 'a processing instruction']] as const
  if (/^<!doctype/i.test(cursor.text.slice(cursor.at, cursor.at + 9))) fail(cursor, 'a document type', 'doctype')
  for (const [start, end, fault, words] of kinds) {
    if (!startsWith(cursor, start)) continue
    if (!cursor.limits.isLenient) fail(cursor, words, fault)
    const stop = cursor.text.indexOf(end, cursor.at + start.length)
    if (stop < 0) fail(cursor, `${words} does not end`)
    const inside = cursor.text.slice(cursor.at + start.length, stop)
    cursor.at = stop + end.length
    return fault === 'cdata' ? inside : ''
  }
  return null
}

/** Adds text, joined to text that a comment had cut off: what stands around a comment is one text. */
function append(open: Open, text: string): void {
  const last = open.children.at(-1)
  if (text === '') return
  if (typeof last === 'string') open.children[open.children.length - 1] = last + text
  else open.children.push(text)
}

function readText(cursor: Cursor, open: Open): void {
  const raw = take(cursor, TEXT)?.[0] ?? ''
  if (raw.includes(']]>')) fail(cursor, '`]]>` outside a CDATA section')
  append(open, unescape(cursor, raw))
}

const closed = ({ name, local, namespace, attributes, children }: Open): XmlElement => ({ name, local, namespace, attributes, children })

function readRoot(cursor: Cursor): XmlElement {
  const stack: Open[] = []
  for (;;) {
    const top = stack.at(-1)
    if (top) readText(cursor, top)
    if (cursor.at >= cursor.text.length) return fail(cursor, 'the text ends within an element')
    if (top && startsWith(cursor, '</')) {
      cursor.at += 2
      expect(cursor, top.name)
      take(cursor, SPACE)
      expect(cursor, '>')
      stack.pop()
      const parent = stack.at(-1)
      if (!parent) return closed(top)
      parent.children.push(closed(top))
      continue
    }
    const aside = readAside(cursor)
    if (aside !== null) {
      if (top) append(top, aside)
      continue
    }
    expect(cursor, '<')
    const open = readStart(cursor, top?.scope ?? new Map(), stack.length + 1)
    if (startsWith(cursor, '/>')) {
      cursor.at += 2
      if (!top) return closed(open)
      top.children.push(closed(open))
    } else {
      cursor.at += 1
      stack.push(open)
    }
  }
}

/** Passes over what may stand before and after the root. */
function readAround(cursor: Cursor): void {
  do take(cursor, SPACE)
  while (cursor.at < cursor.text.length && readAside(cursor) !== null)
}

/**
 * Reads a document.
 *
 * @throws XmlError for anything outside the small language: document types always, and unless lenient comments,
 *   processing instructions and CDATA
 */
export function readXml(source: string, limits: XmlLimits): XmlElement {
  const text = source.replace(/\r\n?/g, '\n')
  const cursor: Cursor = { text, at: 0, elements: 0, limits }
  if (source.length > limits.maxLength) fail(cursor, `more than ${limits.maxLength} characters`, 'too-large')
  const forbidden = FORBIDDEN.exec(text)
  if (forbidden) throw new XmlError('malformed', 'a character that XML does not allow', forbidden.index)
  const declaration = DECLARATION.exec(text)
  if (declaration) {
    const encoding = declaration[3]?.toLowerCase()
    if (encoding !== undefined && encoding !== 'utf-8' && encoding !== 'us-ascii') fail(cursor, `the encoding \`${declaration[3] ?? ''}\` is not UTF-8`)
    cursor.at = declaration[0].length
  }
  readAround(cursor)
  if (cursor.at >= text.length || !startsWith(cursor, '<')) fail(cursor, 'expected an element')
  const root = readRoot(cursor)
  readAround(cursor)
  if (cursor.at < text.length) fail(cursor, 'something follows the document')
  return root
}
