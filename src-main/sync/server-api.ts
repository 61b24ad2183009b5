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
import { signedInSchema } from '../../src-shared/api/session.ts'
import { Unreachable } from './failures.ts'
import { type HttpAnswer, type HttpRequest, mustBeOk, openHttp, parseJson, readWhole } from './http.ts'
import { syncVerbs } from './sync-verbs.ts'

const timeoutMs = 10_000
/** What counts every open or every past case anew. */
const countingMs = 120_000

/** How a verb asks. A body that is a text is JSON already. */
export interface Ask {
  /** @throws Unreachable, ServerSaidNo */
  answer(
    method: HttpRequest['method'],
    path: string,
    body?: unknown,
    waitMs?: number,
    headers?: Readonly<Record<string, string>>,
  ): Promise<HttpAnswer>
  json<S extends z.ZodType>(
    schema: S,
    method: HttpRequest['method'],
    path: string,
    body?: unknown,
    waitMs?: number,
  ): Promise<z.output<S>>
}

/** The server's HTTP contract, one method a verb. Every answer is parsed; every failure is Unreachable or ServerSaidNo. */
export function openServerApi(baseUrl: string, token: () => string | null) {
  const http = openHttp(baseUrl)
  const ask: Ask = {
    async answer(method, path, body, waitMs = timeoutMs, more = {}) {
      const headers: Record<string, string> = { 'accept-language': 'vi', 'accept-encoding': 'zstd, gzip', ...more }
      const bearer = token()
      if (bearer !== null) headers.authorization = `Bearer ${bearer}`
      if (body === undefined) return mustBeOk(await http.send({ method, path, headers, waitMs }))
      headers['content-type'] = 'application/json'
      const text = typeof body === 'string' ? body : JSON.stringify(body)
      headers['content-length'] = String(Buffer.byteLength(text))
      return mustBeOk(await http.send({ method, path, headers, body: text, waitMs }))
    },
    async json(schema, method, path, body, waitMs) {
      const bytes = await readWhole(await ask.answer(method, path, body, waitMs))
      const parsed = schema.safeParse(parseJson(bytes.toString('utf8')))
      if (!parsed.success) throw new Unreachable(`${path}: ${parsed.error.message}`)
      return parsed.data
    },
  }
  const { json } = ask
  /** Verbs that answer nothing. */
  const tell = async (method: HttpRequest['method'], path: string, body: unknown): Promise<void> => {
    await readWhole(await ask.answer(method, path, body))
  }

  return {
    ...syncVerbs(baseUrl, token, ask),
    signIn: (input: { username: string; password: string; deskId: string }) =>
      json(signedInSchema, 'POST', '/api/sign-in', input),
    signOut: () => tell('POST', '/api/sign-out', {}),
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
    nameDesk: (deskId: string, name: string) => tell('POST', `/api/desks/${encodeURIComponent(deskId)}/name`, { name }),
    wipeDesk: (deskId: string, order: WipeOrder) =>
      tell('POST', `/api/desks/${encodeURIComponent(deskId)}/wipe`, order),
    setAgentState: (input: { state: 'ready' | 'break'; reason?: string | undefined }) =>
      tell('POST', '/api/queue/state', input),
    recording: async (recordingId: string): Promise<{ mimeType: string; bytes: Buffer }> => {
      const answer = await ask.answer('GET', `/api/recordings/${encodeURIComponent(recordingId)}`)
      return { mimeType: answer.header('content-type') ?? 'audio/webm', bytes: await readWhole(answer) }
    },
    /** Lets go of the connections that were kept. */
    close: () => http.close(),
  }
}

export type ServerApi = ReturnType<typeof openServerApi>
