import { type ClientRequest, Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http'
import { Agent as HttpsAgent, request as requestHttps } from 'node:https'
import type { Readable } from 'node:stream'
import { constants, createGunzip, createZstdDecompress, type ZlibOptions, type ZstdOptions } from 'node:zlib'
import { apiErrorSchema } from '../../src-shared/api/session.ts'
import { ServerSaidNo, Unreachable } from './failures.ts'

/** A stream on which no byte comes for so long is cut. */
const silenceMs = 20_000

export interface HttpRequest {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  /** Until the answer begins. */
  readonly waitMs: number
}

export interface HttpAnswer {
  readonly status: number
  readonly header: (name: string) => string | null
  /** Decompressed; read it to its end or destroy it. A cut ends it after the last byte that came, or fails it. */
  readonly body: Readable
  /** After its end: whether all of it came. */
  isWhole(): boolean
}

/**
 * The desk's one way to its server: connections are kept, so that coming back costs one round trip (P6). Not `fetch`, whose
 * streams cost as much as all that is read from them.
 */
export interface Http {
  /** @throws Unreachable when no answer came. */
  send(request: HttpRequest): Promise<HttpAnswer>
  close(): void
}

export function openHttp(baseUrl: string): Http {
  const base = new URL(baseUrl)
  const isSecure = base.protocol === 'https:'
  const agent = isSecure ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true })
  const start = isSecure ? requestHttps : requestHttp

  const once = ({ method, path, headers, body, waitMs }: HttpRequest): Promise<HttpAnswer> =>
    new Promise((resolve, reject) => {
      const fail = (error: Error, request: ClientRequest) => {
        clearTimeout(late)
        reject(new NoAnswer(error.message, request.reusedSocket))
      }
      const request = start(new URL(path, base), { method, headers, agent }, (response) => {
        clearTimeout(late)
        response.setTimeout(silenceMs, () => response.destroy(new Error('the line fell silent')))
        const header = (name: string) => {
          const value = response.headers[name]
          return value === undefined ? null : String(value)
        }
        resolve({ status: response.statusCode ?? 0, header, body: decoded(response), isWhole: () => response.complete })
      })
      const late = setTimeout(() => request.destroy(new Error(`no answer within ${waitMs} ms`)), waitMs)
      request.on('error', (error) => fail(error, request))
      request.end(body)
    })

  return {
    async send(request) {
      try {
        return await once(request)
      } catch (error) {
        // A kept connection that the server had closed meanwhile: what was asked is asked again on a new one. Every verb may be
        // repeated (S2).
        if (error instanceof NoAnswer && error.wasKept) return once(request)
        throw error
      }
    },
    close: () => agent.destroy(),
  }
}

class NoAnswer extends Unreachable {
  readonly wasKept: boolean
  constructor(why: string, wasKept: boolean) {
    super(why)
    this.wasKept = wasKept
  }
}

/** What has come and is not unpacked yet, at most: more than comes over a line of a region while a batch is kept. */
const writableHighWaterMark = 1 << 20

/**
 * S11: whichever of the two the server chose. What came before a cut is unpacked to its last byte and then ends (S9): a desk that was
 * busy when the line broke would otherwise throw away all that had come meanwhile.
 */
function decoded(response: IncomingMessage): Readable {
  const encoding = response.headers['content-encoding']
  const decoder =
    encoding === 'zstd'
      ? createZstdDecompress({ finishFlush: constants.ZSTD_e_flush, writableHighWaterMark } as ZstdOptions)
      : encoding === 'gzip'
        ? createGunzip({ finishFlush: constants.Z_SYNC_FLUSH, writableHighWaterMark } as ZlibOptions)
        : null
  if (decoder === null) return response
  response.pipe(decoder)
  response.once('error', () => decoder.end())
  decoder.once('close', () => response.destroy())
  return decoder
}

/** @throws Unreachable when the line was cut. */
export async function readWhole({ body, isWhole }: HttpAnswer): Promise<Buffer> {
  const chunks: Buffer[] = []
  try {
    for await (const chunk of body) chunks.push(chunk as Buffer)
  } catch (error) {
    throw new Unreachable(error instanceof Error ? error.message : String(error))
  }
  if (!isWhole()) throw new Unreachable('the line was cut')
  return Buffer.concat(chunks)
}

/** Passes on an answer that is one. @throws ServerSaidNo for the server's own errors, Unreachable for anybody else's. */
export async function mustBeOk(answer: HttpAnswer): Promise<HttpAnswer> {
  if (answer.status >= 200 && answer.status < 300) return answer
  const said = apiErrorSchema.safeParse(parseJson((await readWhole(answer)).toString('utf8')))
  if (!said.success) throw new Unreachable(`HTTP ${answer.status}`)
  throw new ServerSaidNo(answer.status, said.data.error)
}

export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
