const NAMED: Readonly<Record<string, string>> = {
  '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t', '\0': '\\0',
}

/** Quotes, backslashes, and what cannot be seen or turns the text around it: controls, format characters, odd blanks. */
const UNSAFE = /["\\]|[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu

/** Halves of surrogate pairs that stand alone. */
const LONE = /\p{Cs}/gu

/**
 * Text as a Cedar string literal, quotes included. Whatever the text is, it is one literal and reads back as the same text,
 * but for lone halves of surrogate pairs, which Cedar cannot hold and which become U+FFFD.
 */
export const quoted = (text: string): string => `"${text.replace(LONE, '\ufffd').replace(UNSAFE, escapeOf)}"`

const escapeOf = (char: string) => NAMED[char] ?? `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`

/** An entity as policy text, e.g. `RocketAdmin::Table::"1234/products"`. The type must come from the model's names. */
export const entityText = ({ type, id }: { type: string; id: string }): string => `${type}::${quoted(id)}`
