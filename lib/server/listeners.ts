import { createServer, type RequestListener, type Server } from 'node:http'
import type { Socket } from 'node:net'
import { StartError } from '@/lib/database/start-error'

const SECOND = 1000

/** A node server with bounds on how long a client may take and how much it may send before its body. */
export function makeServer(listener: RequestListener): Server {
  const server = createServer({ maxHeaderSize: 16 * 1024, connectionsCheckingInterval: 5 * SECOND }, listener)
  server.keepAliveTimeout = 65 * SECOND
  server.headersTimeout = 20 * SECOND
  server.requestTimeout = 30 * SECOND
  server.maxRequestsPerSocket = 10_000
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    if (!socket.writable) return
    const status = error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? '408 Request Timeout' : error.code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : '400 Bad Request'
    socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
  })
  return server
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port }, () => {
      server.off('error', reject)
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '')

/**
 * Listens on loopback (both families where there are both), or on every interface.
 *
 * @param port 0 lets the machine choose
 * @returns the port
 * @throws StartError when the port is taken
 */
export async function listenOn(servers: { v4: Server; v6: Server }, port: number, isPublic: boolean): Promise<number> {
  try {
    const chosen = await listen(servers.v4, isPublic ? '0.0.0.0' : '127.0.0.1', port)
    await listen(servers.v6, isPublic ? '::' : '::1', chosen).catch((error: unknown) => {
      // A machine without IPv6 is fine; on "::" the system may have given both families to one socket.
      if (codeOf(error) === 'EADDRINUSE' && !isPublic) throw error
    })
    return chosen
  } catch (error) {
    if (codeOf(error) === 'EADDRINUSE') throw new StartError(`Port ${port} is in use: another Gatehouse may be running. Stop it, or set PORT to a free port.`)
    if (codeOf(error) === 'EACCES') throw new StartError(`Port ${port} may not be opened by this user. Set PORT to one above 1023.`)
    throw error
  }
}
