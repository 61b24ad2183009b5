import type { z } from 'zod'
import { apiErrorSchema } from '../../src-shared/api/session.ts'

/** The server could not be reached, or answered that it is not itself just now: worth another try. */
export class Unreachable extends Error {}

/** The server's own no, in words for the person. */
export class Refused extends Error {
  readonly status: number
  readonly code: string
  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

/** The answer is not of the shape agreed upon: this page is older or newer than the server. */
export class Unreadable extends Error {}

export interface Call {
  readonly token?: string | undefined
  readonly body?: unknown
  readonly language?: string
}

const timeoutMs = 20_000

/**
 * One request to the sync server, parsed.
 * @throws Unreachable, Refused or Unreadable; nothing else.
 */
export async function ask<S extends z.ZodType>(path: string, schema: S, call: Call = {}): Promise<z.output<S>> {
  const { status, ok, json } = await send(path, call)
  if (!ok) {
    const error = apiErrorSchema.safeParse(json)
    if (error.success && status < 500) throw new Refused(status, error.data.error.code, error.data.error.message)
    throw new Unreachable(`${status}`)
  }
  const parsed = schema.safeParse(json)
  if (!parsed.success) throw new Unreadable(parsed.error.issues[0]?.path.join('.') ?? path)
  return parsed.data
}

async function send(path: string, { token, body, language = 'vi' }: Call) {
  try {
    const response = await fetch(path, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        'accept-language': language,
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(timeoutMs),
    })
    return { status: response.status, ok: response.ok, json: (await response.json()) as unknown }
  } catch (failure) {
    throw new Unreachable(String(failure))
  }
}
