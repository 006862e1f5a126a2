import { createSocket } from 'node:dgram'
import { forgetEnv } from '@/lib/env'

export type TestDns = { address: string; set: (name: string, texts: readonly string[]) => void; close: () => Promise<void> }

/** The name that a query asks about, and where its question ends. */
function questionOf(query: Buffer): { name: string; end: number } {
  const labels: string[] = []
  let at = 12
  for (let length = query.readUInt8(at); length > 0; length = query.readUInt8(at)) {
    labels.push(query.subarray(at + 1, at + 1 + length).toString('ascii'))
    at += length + 1
  }
  return { name: labels.join('.').toLowerCase(), end: at + 5 }
}

/** One TXT record that points at the question's name. */
function recordOf(text: string): Buffer {
  const data = Buffer.from(text, 'ascii')
  const head = Buffer.from([0xc0, 0x0c, 0, 16, 0, 1, 0, 0, 0, 1, 0, data.length + 1, data.length])
  return Buffer.concat([head, data])
}

/**
 * A DNS server on loopback that knows the TXT records it was told.
 *
 * @param published records that come from elsewhere: of names it was not told of
 */
export async function startTestDns(published: (name: string) => readonly string[] = () => []): Promise<TestDns> {
  const records = new Map<string, readonly string[]>()
  const socket = createSocket('udp4')
  socket.on('message', (query, from) => {
    const { name, end } = questionOf(query)
    const texts = records.get(name) ?? published(name)
    const head = Buffer.from(query.subarray(0, 12))
    head.writeUInt16BE(texts.length > 0 ? 0x8180 : 0x8183, 2)
    head.writeUInt16BE(texts.length, 6)
    head.writeUInt32BE(0, 8)
    socket.send(Buffer.concat([head, query.subarray(12, end), ...texts.map(recordOf)]), from.port, from.address)
  })
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  socket.unref()
  return {
    address: `127.0.0.1:${socket.address().port}`,
    set: (name, texts) => void records.set(name.toLowerCase(), texts),
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  }
}

let sample: Promise<TestDns> | undefined

/** One for the whole test file, told to the environment. */
export const sampleDns = (): Promise<TestDns> =>
  (sample ??= startTestDns().then((dns) => {
    process.env['GATEHOUSE_DNS'] = dns.address
    forgetEnv()
    return dns
  }))
