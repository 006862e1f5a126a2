/** An address or range somebody typed, with what is wrong with it; `note` says what is worth knowing. */
export type AddressEntry = { text: string; problem: string | null; note: string | null }

/** A key may be narrowed to so many ranges. */
export const ADDRESSES_MAX = 100

const isV4 = (text: string): boolean => /^(0|[1-9]\d{0,2})(\.(0|[1-9]\d{0,2})){3}$/.test(text) && text.split('.').every((part) => Number(part) <= 255)

/** The browser's own reading of an IPv6 address, which refuses zones and all that is none. */
function isV6(text: string): boolean {
  if (!/^[0-9a-fA-F:.]+$/.test(text) || !text.includes(':')) return false
  try {
    return new URL(`http://[${text}]/`).hostname !== ''
  } catch {
    return false
  }
}

function v4WithoutHostBits(address: string, prefix: number): string {
  const word = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
  const size = 2 ** (32 - prefix)
  const first = Math.floor(word / size) * size
  return [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join('.')
}

function judge(text: string): Omit<AddressEntry, 'text'> {
  const [address = '', prefix, ...rest] = text.split('/')
  const most = isV4(address) ? 32 : isV6(address) ? 128 : null
  if (most === null || rest.length > 0) return { problem: 'not an address or a range', note: null }
  if (prefix === undefined) return { problem: null, note: null }
  if (!/^(0|[1-9]\d{0,2})$/.test(prefix) || Number(prefix) > most) return { problem: `the part after / is 0 to ${most}`, note: null }
  if (prefix === '0') return { problem: null, note: 'every address' }
  if (most === 128) return { problem: null, note: null }
  const first = v4WithoutHostBits(address, Number(prefix))
  return { problem: first === address ? null : `bits beyond the prefix: write ${first}/${prefix}`, note: null }
}

/** Addresses and ranges, with commas, spaces or line breaks between them. The server judges again. */
export function readEntries(typed: string): AddressEntry[] {
  const texts = typed.split(/[\s,;]+/).filter(Boolean)
  return texts.map((text, index) => {
    if (index >= ADDRESSES_MAX) return { text, problem: `more than ${ADDRESSES_MAX}`, note: null }
    return texts.indexOf(text) < index ? { text, problem: 'twice in the list', note: null } : { text, ...judge(text) }
  })
}
