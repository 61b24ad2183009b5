import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import WebSocket from 'ws'
import type { z } from 'zod'
import {
  calendarChangedSchema,
  calendarChangesSchema,
  calendarPreviewSchema,
  printedReportSchema,
  type ReportQuery,
  whatIfAnswerSchema,
} from '../../src-shared/api/deadlines.ts'
import { desksSchema, type WipeOrder } from '../../src-shared/api/desks.ts'
import { messagesSchema } from '../../src-shared/api/messages.ts'
import { type ApiError, apiErrorSchema, helloSchema, signedInSchema } from '../../src-shared/api/session.ts'
import {
  codeBlockSchema,
  type Poke,
  pokeSchema,
  pullEndSchema,
  pushAnswerSchema,
  referenceSchema,
} from '../../src-shared/api/sync.ts'
import type { Command } from '../../src-shared/cases/commands.ts'
import { parseRegisteredEvent, type RegisteredEvent } from '../../src-shared/cases/events.ts'

/** The server could not be reached, or answered something that is not ours. The caller goes on without a link. */
export class Unreachable extends Error {
  constructor(why: string) {
    super(why)
    this.name = 'Unreachable'
  }
}

/** The server understood and said no: wrong password, session ended, other version. */
export class ServerSaidNo extends Error {
  readonly code: string
  readonly status: number
  readonly why: Record<string, unknown>
  constructor(status: number, error: ApiError['error']) {
    super(error.message)
    this.name = 'ServerSaidNo'
    this.code = error.code
    this.status = status
    this.why = error.why ?? {}
  }
}

const timeoutMs = 10_000
/** What counts every open or every past case anew. */
const countingMs = 120_000

/** The server's HTTP contract, one method a verb. Every answer is parsed; every failure is one of the two errors above. */
export function openServerApi(baseUrl: string, token: () => string | null) {
  const request = async (method: string, path: string, body?: unknown, waitMs = timeoutMs): Promise<Response> => {
    const headers: Record<string, string> = { 'accept-language': 'vi' }
    const bearer = token()
    if (bearer !== null) headers.authorization = `Bearer ${bearer}`
    if (body !== undefined) headers['content-type'] = 'application/json'
    let response: Response
    try {
      const init: RequestInit = { method, headers, signal: AbortSignal.timeout(waitMs) }
      if (body !== undefined) init.body = JSON.stringify(body)
      response = await fetch(new URL(path, baseUrl), init)
    } catch (error) {
      throw new Unreachable(error instanceof Error ? error.message : String(error))
    }
    if (response.ok) return response
    const said = apiErrorSchema.safeParse(await response.json().catch(() => null))
    if (!said.success) throw new Unreachable(`HTTP ${response.status}`)
    throw new ServerSaidNo(response.status, said.data.error)
  }
  const json = async <S extends z.ZodType>(
    schema: S,
    method: string,
    path: string,
    body?: unknown,
    waitMs = timeoutMs,
  ): Promise<z.output<S>> => {
    const response = await request(method, path, body, waitMs)
    const parsed = schema.safeParse(await response.json().catch(() => null))
    if (!parsed.success) throw new Unreachable(`${path}: ${parsed.error.message}`)
    return parsed.data
  }

  return {
    hello: () => json(helloSchema, 'GET', '/api/hello'),
    signIn: (input: { username: string; password: string; deskId: string }) =>
      json(signedInSchema, 'POST', '/api/sign-in', input),
    signOut: async (): Promise<void> => {
      await request('POST', '/api/sign-out', {})
    },
    push: (body: { protocol: number; deskId: string; commands: readonly Command[] }) =>
      json(pushAnswerSchema, 'POST', '/api/sync/push', body),
    /** Hands over each event as it comes; resolves null when the stream was cut before its end line. */
    pull: async (cursor: number, limit: number, onEvent: (event: RegisteredEvent) => void) => {
      const response = await request('GET', `/api/sync/pull?cursor=${cursor}&limit=${limit}`)
      if (response.body === null) throw new Unreachable('empty body')
      const lines = createInterface({
        input: Readable.fromWeb(response.body as never),
        crlfDelay: Number.POSITIVE_INFINITY,
      })
      try {
        for await (const line of lines) {
          if (line === '') continue
          const value: unknown = JSON.parse(line)
          const end = pullEndSchema.safeParse(value)
          if (end.success) return end.data.end
          onEvent(parseRegisteredEvent(value))
        }
      } catch (error) {
        if (error instanceof SyntaxError || (error instanceof Error && error.name !== 'ZodError')) return null
        throw error
      }
      return null
    },
    leaseCodes: (input: { deskId: string; year: number; count: number }) =>
      json(codeBlockSchema, 'POST', '/api/sync/codes', input),
    reference: () => json(referenceSchema, 'GET', '/api/sync/reference'),
    messages: () => json(messagesSchema, 'GET', '/api/messages?limit=200'),
    previewCalendar: (entries: object) =>
      json(calendarPreviewSchema, 'POST', '/api/calendars/preview', entries, countingMs),
    calendarChanges: (calendarId: string) =>
      json(calendarChangesSchema, 'GET', `/api/calendars/${encodeURIComponent(calendarId)}/changes`),
    changeCalendar: (change: object) =>
      json(calendarChangedSchema, 'POST', '/api/calendars/change', change, countingMs),
    deadlineReport: (query: ReportQuery) => {
      const asked = new URLSearchParams({ from: query.from, to: query.to, agencies: query.agencies })
      if (query.seq !== undefined) asked.set('seq', String(query.seq))
      if (query.asOf !== undefined) asked.set('asOf', query.asOf)
      return json(printedReportSchema, 'GET', `/api/reports/deadlines?${asked}`, undefined, countingMs)
    },
    whatIf: (rules: object) => json(whatIfAnswerSchema, 'POST', '/api/what-if', rules, countingMs),
    desks: () => json(desksSchema, 'GET', '/api/desks'),
    nameDesk: async (deskId: string, name: string): Promise<void> => {
      await request('POST', `/api/desks/${encodeURIComponent(deskId)}/name`, { name })
    },
    wipeDesk: async (deskId: string, order: WipeOrder): Promise<void> => {
      await request('POST', `/api/desks/${encodeURIComponent(deskId)}/wipe`, order)
    },
    setAgentState: async (input: { state: 'ready' | 'break'; reason?: string | undefined }): Promise<void> => {
      await request('POST', '/api/queue/state', input)
    },
    recording: async (recordingId: string): Promise<{ mimeType: string; bytes: Buffer }> => {
      const response = await request('GET', `/api/recordings/${encodeURIComponent(recordingId)}`)
      const mimeType = response.headers.get('content-type') ?? 'audio/webm'
      return { mimeType, bytes: Buffer.from(await response.arrayBuffer()) }
    },
  }
}

export type ServerApi = ReturnType<typeof openServerApi>

/** The socket on which the server only says that there is something. `onClose` is called once. */
export function openPoke(
  baseUrl: string,
  token: string,
  on: { open(): void; poke(poke: Poke): void; close(why: string): void },
): { close(): void } {
  const url = new URL('/api/sync/poke', baseUrl)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  const socket = new WebSocket(url, { headers: { authorization: `Bearer ${token}` }, handshakeTimeout: timeoutMs })
  let isOver = false
  let heardAt = 0
  const over = (why: string) => {
    if (isOver) return
    isOver = true
    clearInterval(watch)
    socket.terminate()
    on.close(why)
  }
  // A link that fell silent without a FIN is found by our own pings.
  const watch = setInterval(() => {
    if (socket.readyState !== WebSocket.OPEN) return
    if (heardAt === 0) over('no answer to ping')
    heardAt = 0
    if (!isOver) socket.ping()
  }, 15_000)
  watch.unref()
  const heard = () => {
    heardAt = 1
  }
  socket.on('open', () => {
    heard()
    on.open()
  })
  socket.on('pong', heard)
  socket.on('message', (data) => {
    heard()
    const poke = pokeSchema.safeParse(parseJson(String(data)))
    if (poke.success) on.poke(poke.data)
  })
  socket.on('error', (error) => over(error.message))
  socket.on('close', (code, reason) => over(reason.toString() || `closed ${code}`))
  return { close: () => over('closed here') }
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
