import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { ZodError } from 'zod'
import type { ApiError } from '../../../src-shared/api/session.ts'
import { isWordKey, type Language, say, type WordParams } from '../../../src-shared/words/words.ts'

/** An answer that is not the one asked for: thrown where it is known, put into words in one place. */
export class HttpFailure extends Error {
  readonly status: number
  readonly code: string
  readonly params: WordParams
  readonly why: Record<string, unknown> | undefined
  constructor(status: number, code: string, params: WordParams = {}, why?: Record<string, unknown>) {
    super(code)
    this.status = status
    this.code = code
    this.params = params
    this.why = why
  }
}

/** The language asked for: the first of Accept-Language that we speak, else the server's own. */
export function languageOf(request: FastifyRequest, fallback: Language): Language {
  const asked = String(request.headers['accept-language'] ?? '')
  const first = /\b(vi|en)\b/i.exec(asked)
  return first ? (first[1]!.toLowerCase() as Language) : fallback
}

/** Every error answer of the server has the shape of `apiErrorSchema` and a sentence for people. */
export function answerFailures(app: FastifyInstance, fallback: Language): void {
  const send = (request: FastifyRequest, reply: FastifyReply, failure: HttpFailure) => {
    const key = `error.${failure.code}`
    const language = languageOf(request, fallback)
    const body: ApiError = {
      ok: false,
      error: {
        code: failure.code,
        message: say(language, isWordKey(key) ? key : 'error.internal', failure.params),
        ...(failure.why === undefined ? {} : { why: failure.why }),
      },
    }
    return reply.status(failure.status).send(body)
  }

  app.setErrorHandler((error, request, reply) => {
    if (error instanceof HttpFailure) return send(request, reply, error)
    if (error instanceof ZodError) {
      const issue = error.issues[0]
      const path = issue?.path.map(String).join('.') ?? ''
      return send(
        request,
        reply,
        new HttpFailure(400, 'bad-request', { path }, { path, problem: issue?.message ?? '' }),
      )
    }
    const status = (error as { statusCode?: number }).statusCode ?? 500
    if (status === 413) return send(request, reply, new HttpFailure(413, 'too-large'))
    if (status === 429) return send(request, reply, new HttpFailure(429, 'too-many', { seconds: 60 }))
    if (status < 500) return send(request, reply, new HttpFailure(status, 'bad-request', { path: '' }))
    request.log.error({ err: error }, 'a request failed')
    return send(request, reply, new HttpFailure(500, 'internal', { id: request.id }, { id: request.id }))
  })
  app.setNotFoundHandler((request, reply) => send(request, reply, new HttpFailure(404, 'not-found')))
}
