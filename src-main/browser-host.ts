import { randomBytes, timingSafeEqual } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { extname, join, normalize, resolve, sep } from 'node:path'
import { parseArgs } from 'node:util'
import { pino } from 'pino'
import { uuidv7 } from 'uuidv7'
import { WebSocket, WebSocketServer } from 'ws'
import { computerClock } from './computer-clock.ts'
import { openConsole } from './console.ts'
import { fileRightsOnly, openFileSecrets } from './session/file-secrets.ts'
import { notOpenedWords } from './start/not-opened.ts'

/**
 * The same desk for a machine without Electron: on loopback, for development, tests and a first look. A browser must bring
 * the random token from the address it was given; no other page of this machine can reach the bridge.
 */
export interface HostOptions {
  readonly dataDir: string
  readonly server: string
  /** Where the built windows lie (`out/renderer`). */
  readonly windowsDir: string
  /** 0 takes any free port. */
  readonly port: number
  /** Whether any other port will do when `port` is taken. */
  readonly isAnyPortFine?: boolean
  readonly log: pino.Logger
}

export async function openBrowserHost(options: HostOptions): Promise<{ url: string; close(): Promise<void> }> {
  const token = randomBytes(24).toString('base64url')
  const sockets = new Set<WebSocket>()
  const desk = await openConsole({
    dataDir: options.dataDir,
    secrets: openFileSecrets(join(options.dataDir, 'secrets'), fileRightsOnly),
    server: options.server,
    clock: computerClock,
    newId: uuidv7,
    chance: Math.random,
    announce(message) {
      const text = JSON.stringify(message)
      for (const socket of sockets) if (socket.readyState === WebSocket.OPEN) socket.send(text)
    },
    log: (level, what, about) => options.log[level](about ?? {}, what),
  })

  const http = createServer((request, response) => {
    void serveWindow(options.windowsDir, options.server, request, response)
  })
  const bridge = new WebSocketServer({ noServer: true, maxPayload: 16 * 1024 * 1024 })
  http.on('upgrade', (request, socket, head) => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    if (url.pathname !== '/bridge' || !isSame(url.searchParams.get('token') ?? '', token) || !isOwnOrigin(request)) {
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
      return
    }
    bridge.handleUpgrade(request, socket, head, (client) => {
      sockets.add(client)
      client.on('close', () => sockets.delete(client))
      client.on('message', (data) => {
        void answer(desk, String(data)).then((reply) => {
          if (client.readyState === WebSocket.OPEN) client.send(JSON.stringify(reply))
        })
      })
    })
  })
  const listen = (port: number) =>
    new Promise<void>((done, failed) => {
      http.once('error', failed)
      http.listen(port, '127.0.0.1', () => {
        http.off('error', failed)
        done()
      })
    })
  await listen(options.port).catch(async (failure: unknown) => {
    if (options.isAnyPortFine && isPortTaken(failure)) return listen(0)
    await desk.close()
    throw failure
  })
  const address = http.address()
  const port = typeof address === 'object' && address !== null ? address.port : options.port
  return {
    url: `http://127.0.0.1:${port}/console.html#token=${token}`,
    async close() {
      for (const socket of sockets) socket.terminate()
      http.closeAllConnections()
      await new Promise((done) => http.close(done))
      await desk.close()
    },
  }
}

async function answer(desk: { handle(message: unknown): Promise<unknown> }, text: string): Promise<unknown> {
  try {
    return await desk.handle(JSON.parse(text))
  } catch (error) {
    return { id: -1, ok: false, error: { code: 'not-a-call', message: String(error) } }
  }
}

const isPortTaken = (failure: unknown): boolean =>
  failure instanceof Error && 'code' in failure && failure.code === 'EADDRINUSE'

const isSame = (given: string, expected: string): boolean =>
  given.length === expected.length && timingSafeEqual(Buffer.from(given), Buffer.from(expected))

/** A page of another origin may guess no token, but is turned away before it can try. */
const isOwnOrigin = (request: IncomingMessage): boolean => {
  const { origin, host } = request.headers
  return origin === undefined || origin === `http://${host}`
}

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.wav': 'audio/wav',
  '.json': 'application/json',
}

async function serveWindow(
  root: string,
  server: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname)
  const file = resolve(join(root, normalize(path === '/' ? '/console.html' : path)))
  const found = file.startsWith(resolve(root) + sep) ? await stat(file).catch(() => null) : null
  if (!found?.isFile()) {
    response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('Không có trang này.\n')
    return
  }
  const line = new URL(server)
  response.writeHead(200, {
    'content-type': types[extname(file)] ?? 'application/octet-stream',
    'cache-control': extname(file) === '.html' ? 'no-store' : 'public, max-age=31536000, immutable',
    'content-security-policy': [
      "default-src 'self'",
      "style-src 'self' 'unsafe-inline'",
      "img-src 'self' data: blob:",
      "media-src 'self' blob:",
      "font-src 'self' data:",
      // The line may stand on another host than the desk: SIP over WebSocket is the one thing a window reaches by itself.
      `connect-src 'self' ws: wss: blob: ${line.origin}`,
      "object-src 'none'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  })
  createReadStream(file).pipe(response)
}

if (import.meta.main) {
  const windowsBuiltAt = process.env.BT1022_RENDERED_DIR || resolve(import.meta.dirname, '../out/renderer')
  const { values } = parseArgs({
    options: {
      data: { type: 'string', default: 'data/desk' },
      server: { type: 'string', default: 'http://127.0.0.1:10220' },
      port: { type: 'string' },
      prefer: { type: 'string', default: '0' },
      windows: { type: 'string', default: windowsBuiltAt },
    },
  })
  const log = pino({ level: process.env.BT1022_LOG ?? 'warn' }, pino.destination({ dest: 2, sync: true }))
  const port = Number(values.port ?? values.prefer)
  const host = await openBrowserHost({
    dataDir: resolve(values.data),
    server: values.server,
    windowsDir: values.windows,
    port,
    isAnyPortFine: values.port === undefined,
    log,
  }).catch((error: unknown) => {
    const words = notOpenedWords(error, { dataDir: resolve(values.data), port })
    if (words === null) log.error({ err: error }, 'the desk could not be opened')
    process.stdout.write(`${JSON.stringify({ failed: words ?? String(error) })}\n`)
    process.exit(2)
  })
  process.stdout.write(`${JSON.stringify({ listening: host.url })}\n`)
  let isStopping = false
  const stop = () => {
    // Ctrl-C reaches every process of the terminal, and the one that started this says it again.
    if (isStopping) return
    isStopping = true
    void host.close().finally(() => process.exit(0))
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}
