import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SMTPServer } from 'smtp-server'

export type ReceivedMail = { recipients: string[]; source: string }

/** A real SMTP server on loopback that keeps each mail as a file, so that every test process can read them. */
export function startMailServer(folder: string): Promise<{ url: string; stop: () => Promise<void> }> {
  let count = 0
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const mail: ReceivedMail = { recipients: session.envelope.rcptTo.map((to) => to.address), source: Buffer.concat(chunks).toString('utf8') }
        const file = join(folder, `${String(++count).padStart(6, '0')}.json`)
        // Whoever reads the folder meanwhile finds a mail whole or not at all.
        writeFileSync(`${file}.part`, JSON.stringify(mail))
        renameSync(`${file}.part`, file)
        done()
      })
    },
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.server.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      resolve({ url: `smtp://127.0.0.1:${port}`, stop: () => new Promise((closed) => server.close(() => closed())) })
    })
  })
}

const isMail = (value: unknown): value is ReceivedMail => typeof value === 'object' && value !== null && 'recipients' in value && 'source' in value

/** All mails received so far, oldest first. */
export function mailsIn(folder: string): ReceivedMail[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file): unknown => JSON.parse(readFileSync(join(folder, file), 'utf8')))
    .filter(isMail)
}

/** Those of them for an address. */
export const mailsFor = (folder: string, recipient: string): ReceivedMail[] => mailsIn(folder).filter((mail) => mail.recipients.includes(recipient))

/** The first address in a mail's text that begins with a path, undoing quoted-printable. */
export function linkIn(mail: ReceivedMail, path: string): string | undefined {
  const text = mail.source.replace(/=\r?\n/g, '').replace(/=3D/gi, '=')
  return new RegExp(`https?://[^\\s"<>]*${path}[^\\s"<>]*`).exec(text)?.[0]
}
