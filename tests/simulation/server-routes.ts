import { ReadStream, readFileSync } from 'node:fs'
import type { FastifyInstance } from 'fastify'
import { ZodError } from 'zod'
import { claimCodes } from '../../sync-server/src/http/claim-codes.ts'
import { codes } from '../../sync-server/src/http/codes.ts'
import type { Deps } from '../../sync-server/src/http/deps.ts'
import { desks } from '../../sync-server/src/http/desks.ts'
import { HttpFailure } from '../../sync-server/src/http/failure.ts'
import { hello } from '../../sync-server/src/http/hello.ts'
import { meet } from '../../sync-server/src/http/meet.ts'
import { poke } from '../../sync-server/src/http/poke.ts'
import { pull } from '../../sync-server/src/http/pull.ts'
import { push } from '../../sync-server/src/http/push.ts'
import { recover } from '../../sync-server/src/http/recover.ts'
import { reference } from '../../sync-server/src/http/reference.ts'
import { snapshot } from '../../sync-server/src/http/snapshot.ts'
import { wiped } from '../../sync-server/src/http/wiped.ts'
import { Died } from './mortality.ts'
import { type Answered, type Asked, oneBody } from './wire.ts'

type Handler = (request: object, reply: object) => unknown
type SocketHandler = (socket: FakeSocket, request: object) => Promise<void>

/** The server's own verbs, called as HTTP would call them, without HTTP. */
export interface Routes {
  /** @throws Died, or ServerBug for what a real server would answer with 500 */
  call(request: Asked): Promise<Answered>
  poke(token: string | null, connection: { send(text: string): void; close(): void }): Promise<() => void>
}

export function openRoutes(deps: Deps): Routes {
  const handlers = new Map<string, Handler>()
  let socketHandler: SocketHandler | null = null
  const mount = (method: string) => (path: string, options: object | Handler, handler?: Handler | SocketHandler) => {
    if ('websocket' in options) socketHandler = handler as SocketHandler
    else handlers.set(`${method} ${path}`, (handler ?? options) as Handler)
  }
  const app = { get: mount('GET'), post: mount('POST') } as unknown as FastifyInstance
  for (const verb of [hello, meet, push, pull, codes, claimCodes, recover, wiped, desks, reference, snapshot, poke]) {
    verb(app, deps)
  }

  return {
    async call({ method, path, headers, body }) {
      const url = new URL(path, 'http://server')
      const found = find(handlers, method, url.pathname)
      if (found === null) return refusal(new HttpFailure(404, 'not-found'))
      const { handler, params } = found
      const request = {
        url: path,
        ip: 'desk',
        headers,
        query: Object.fromEntries(url.searchParams),
        params,
        body: body === undefined ? undefined : JSON.parse(body),
      }
      const reply = new FakeReply()
      try {
        const answered = await handler(request, reply)
        return { status: reply.code, headers: reply.headers, body: bodyOf(answered) }
      } catch (failure) {
        return failed(failure)
      }
    },
    async poke(token, connection) {
      const socket = new FakeSocket(connection)
      await socketHandler!(socket, { url: '', headers: {}, query: { token: token ?? '' } })
      return () => socket.ended()
    },
  }
}

function find(handlers: Map<string, Handler>, method: string, path: string) {
  for (const [route, handler] of handlers) {
    const pattern = new RegExp(`^${route.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`)
    const found = pattern.exec(`${method} ${path}`)
    if (found) return { handler, params: found.groups ?? {} }
  }
  return null
}

function bodyOf(answered: unknown): AsyncIterator<Buffer> {
  if (answered instanceof FakeReply || answered === undefined) return oneBody()
  if (answered instanceof ReadStream) return oneBody(readAtOnce(answered))
  if (typeof answered === 'string' || Buffer.isBuffer(answered)) return oneBody(answered)
  if (answered !== null && typeof answered === 'object' && Symbol.asyncIterator in answered) {
    return buffers(answered as AsyncIterable<Buffer | string>)
  }
  return oneBody(JSON.stringify(answered))
}

/** A file is read in a thread; here at once. */
function readAtOnce(stream: ReadStream & { start?: number; end?: number }): Buffer {
  stream.on('error', () => {})
  stream.destroy()
  return readFileSync(stream.path).subarray(stream.start ?? 0, (stream.end ?? Number.POSITIVE_INFINITY) + 1)
}

async function* buffers(parts: AsyncIterable<Buffer | string>): AsyncGenerator<Buffer> {
  for await (const part of parts) yield Buffer.from(part as string)
}

/** As `answerFailures` says it, without the words. What nobody foresaw is the simulation's to find. */
function failed(failure: unknown): Answered {
  if (failure instanceof HttpFailure) return refusal(failure)
  if (failure instanceof ZodError) {
    return refusal(new HttpFailure(400, 'bad-request', {}, { path: failure.issues[0]?.path.join('.') }))
  }
  if (failure instanceof Died) throw failure
  throw new ServerBug(failure)
}

export const refusal = ({ status, code, why }: HttpFailure): Answered => ({
  status,
  headers: new Map(),
  body: oneBody(JSON.stringify({ ok: false, error: { code, message: code, ...(why === undefined ? {} : { why }) } })),
})

/** An error that would have been answered with 500. */
export class ServerBug extends Error {
  constructor(failure: unknown) {
    super(failure instanceof Error ? (failure.stack ?? failure.message) : String(failure))
    this.name = 'ServerBug'
  }
}

class FakeReply {
  code = 200
  readonly headers = new Map<string, string>()
  header(name: string, value: unknown): this {
    this.headers.set(name.toLowerCase(), String(value))
    return this
  }
  status(code: number): this {
    this.code = code
    return this
  }
  type(): this {
    return this
  }
  send(body?: unknown): unknown {
    return body ?? this
  }
}

class FakeSocket {
  readonly OPEN = 1
  readyState = 1
  readonly #listeners = new Map<string, (() => void)[]>()
  readonly #connection: { send(text: string): void; close(): void }
  constructor(connection: { send(text: string): void; close(): void }) {
    this.#connection = connection
  }
  on(name: string, listener: () => void): void {
    this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), listener])
  }
  send(text: string): void {
    this.#connection.send(text)
  }
  ping(): void {}
  terminate(): void {
    this.close()
  }
  close(): void {
    if (this.readyState !== this.OPEN) return
    this.ended()
    this.#connection.close()
  }
  /** The other side is gone. */
  ended(): void {
    if (this.readyState !== this.OPEN) return
    this.readyState = 3
    for (const listener of this.#listeners.get('close') ?? []) listener()
  }
}
