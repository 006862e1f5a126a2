import fc from 'fast-check'
import { parseXml2JsFromString } from '@node-saml/node-saml/lib/xml.js'
import { describe, expect, test } from 'vitest'
import { readXml, XmlError, type XmlElement } from './xml'
import { escapeXml, textOf } from './xml-tree'

const LIMITS = { maxLength: 10_000, maxDepth: 10, maxElements: 200 }
const fault = (text: string, more = {}): string => {
  try {
    readXml(text, { ...LIMITS, ...more })
    return 'read'
  } catch (error) {
    return error instanceof XmlError ? error.fault : 'unexpected'
  }
}

test('names, namespaces, attributes and text are read', () => {
  const root = readXml('<?xml version="1.0" encoding="UTF-8"?>\r\n<a:r xmlns:a="urn:a" xmlns="urn:d" x="1 &lt; 2" a:y=\'&#65;\'>one<b/>t&amp;wo</a:r>\n', LIMITS)
  expect(root).toEqual({
    name: 'a:r', local: 'r', namespace: 'urn:a',
    attributes: [{ name: 'x', local: 'x', namespace: '', value: '1 < 2' }, { name: 'a:y', local: 'y', namespace: 'urn:a', value: 'A' }],
    children: ['one', { name: 'b', local: 'b', namespace: 'urn:d', attributes: [], children: [] }, 't&wo'],
  })
})

describe('what is refused', () => {
  test.each([
    ['<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', 'doctype'],
    ['<!doctype a SYSTEM "http://evil.test/"><a/>', 'doctype'],
    ['<a><!DOCTYPE b></a>', 'doctype'],
    ['<a>x<!-- c -->y</a>', 'comment'],
    ['<a/><!-- c -->', 'comment'],
    ['<?php x ?><a/>', 'processing-instruction'],
    ['<a><?x y?></a>', 'processing-instruction'],
    ['<a><![CDATA[x]]></a>', 'cdata'],
    ['<a>&other;</a>', 'malformed'],
    ['<a>& b</a>', 'malformed'],
    ['<a>&#0;</a>', 'malformed'],
    ['<a>&#xd800;</a>', 'malformed'],
    ['<a>\u0000</a>', 'malformed'],
    ['<a>\ud800</a>', 'malformed'],
    ['<a>]]></a>', 'malformed'],
    ['<a x="<"/>', 'malformed'],
    ['<a x=1/>', 'malformed'],
    ['<a x="1"y="2"/>', 'malformed'],
    ['<a x="1" x="2"/>', 'malformed'],
    ['<a xmlns:p="u" xmlns:q="u" p:x="1" q:x="2"/>', 'malformed'],
    ['<p:a/>', 'malformed'],
    ['<a xmlns:p=""/>', 'malformed'],
    ['<a xmlns:xml="urn:x"/>', 'malformed'],
    ['<a></b>', 'malformed'],
    ['<a></ab>', 'malformed'],
    ['<a>', 'malformed'],
    ['<a/><b/>', 'malformed'],
    ['text', 'malformed'],
    ['', 'malformed'],
    ['\ufeff<a/>', 'malformed'],
    ['<?xml version="1.0" encoding="UTF-16"?><a/>', 'malformed'],
    ['<a/>\u200b', 'malformed'],
    ['<a>'.repeat(11) + '</a>'.repeat(11), 'too-large'],
    [`<a>${'<b/>'.repeat(200)}</a>`, 'too-large'],
    [`<a>${'x'.repeat(10_000)}</a>`, 'too-large'],
  ])('%s: %s', (text, expected) => expect(fault(text)).toBe(expected))
})

test('metadata may hold comments, CDATA and instructions; the text around them is one text', () => {
  const root = readXml('<!-- top --><a>one<!-- cut -->two<![CDATA[ <3> ]]><?x?>four</a><!-- end -->', { ...LIMITS, isLenient: true })
  expect(root.children).toEqual(['onetwo <3> four'])
  expect(fault('<!DOCTYPE a><a/>', { isLenient: true })).toBe('doctype')
  expect(fault('<a><!-- open</a>', { isLenient: true })).toBe('malformed')
})

const names = fc.constantFrom('a', 'Bc', 'd-e', 'f_1', 'G.h')
const text = fc.string({ unit: fc.constantFrom('x', 'é', '漢', '😀', '&', '<', '>', '"', "'", ' ', '\n', ']'), maxLength: 8 })
const tree: fc.Memo<string> = fc.memo((depth) =>
  fc.tuple(names, fc.dictionary(names, text, { maxKeys: 3 }), fc.array(depth > 1 ? fc.oneof(text.map(escapeXml), tree(depth - 1)) : text.map(escapeXml), { maxLength: 3 }))
    .map(([name, attributes, children]) => `<${name}${Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(value)}"`).join('')}>${children.join('')}</${name}>`))

/** What another parser sees, in its own form: an object, or the mere text of an element without attributes. */
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

function expectSame(mine: XmlElement, other: unknown): void {
  const attributes = Object.fromEntries(mine.attributes.map(({ name, value }) => [name, value]))
  const theirs = isRecord(other) ? other : {}
  expect(isRecord(theirs['$']) ? { ...theirs['$'] } : {}).toEqual(attributes)
  const children = mine.children.filter((child): child is XmlElement => typeof child !== 'string')
  for (const name of new Set(children.map((child) => child.local))) {
    const same = children.filter((child) => child.local === name)
    const named = theirs[name]
    expect(Array.isArray(named) ? named.length : 0).toBe(same.length)
    if (Array.isArray(named)) same.forEach((child, index) => expectSame(child, named[index]))
  }
}

test('what is read is what the parser behind the library reads', async () => {
  await fc.assert(fc.asyncProperty(tree(4), async (xml) => {
    const mine = readXml(xml, { ...LIMITS, maxLength: 100_000 })
    const other = await parseXml2JsFromString(xml)
    expectSame(mine, other[mine.local])
  }), { numRuns: 300 })
})

test('escaped text comes back as it was', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }).filter((value) => !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(value)), (value) => {
    const root = readXml(`<a x="${escapeXml(value)}">${escapeXml(value)}</a>`, LIMITS)
    expect([root.attributes[0]?.value, textOf(root)]).toEqual([value, value])
  }))
})

test('any text is read or refused, never anything else', () => {
  const pieces = fc.constantFrom('<a>', '</a>', '<a/>', '<', '>', '&', '&amp;', '&#x41;', '<!--', '-->', '<![CDATA[', ']]>', '<?', '?>', '<!DOCTYPE', '"', ' x="1"', 'xmlns', ':', '\n', 'é', '\u0000')
  fc.assert(fc.property(fc.array(pieces, { maxLength: 20 }), fc.boolean(), (parts, isLenient) => {
    expect(fault(parts.join(''), { isLenient })).not.toBe('unexpected')
  }), { numRuns: 2000 })
})
