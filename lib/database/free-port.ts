import { createServer } from 'node:net'

/** Can this loopback port be listened on now? Port 0 never counts as free. */
export function isPortFree(port: number): Promise<boolean> {
  return port === 0 ? Promise.resolve(false) : listenOnce(port).then((got) => got !== null)
}

/** A loopback port that is free now; somebody else may still take it before its use. */
export async function freePort(): Promise<number> {
  const port = await listenOnce(0)
  if (port === null) throw new Error('the system gave no free port on 127.0.0.1')
  return port
}

function listenOnce(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(null))
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : null))
    })
  })
}
