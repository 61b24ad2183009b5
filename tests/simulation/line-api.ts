import type { z } from 'zod'
import { Unreachable } from '../../src-main/sync/failures.ts'
import { mustBeOk, parseJson, readWhole } from '../../src-main/sync/http.ts'
import type { Ask } from '../../src-main/sync/server-api.ts'
import type { SyncApi } from '../../src-main/sync/sync-api.ts'
import { syncVerbs } from '../../src-main/sync/sync-verbs.ts'
import { signedInSchema } from '../../src-shared/api/session.ts'
import { pokeSchema, referenceSchema } from '../../src-shared/api/sync.ts'
import type { Line } from './line.ts'
import { readReference } from './shared-reference.ts'

export type LineApi = ReturnType<typeof openLineApi>

/** The desk's own verbs, over a line that is simulated instead of a socket. */
export function openLineApi(line: Line, token: () => string | null, isAlive: () => boolean) {
  const http = line.http(isAlive)
  const ask: Ask = {
    async answer(method, path, body, waitMs = 10_000, more = {}) {
      const bearer = token()
      const headers = { ...more, ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }) }
      const text = typeof body === 'string' ? body : JSON.stringify(body)
      const request = { method, path, headers, waitMs, ...(body === undefined ? {} : { body: text }) }
      return mustBeOk(await http.send(request))
    },
    async json(schema, method, path, body, waitMs) {
      const text = (await readWhole(await ask.answer(method, path, body, waitMs))).toString('utf8')
      if ((schema as unknown) === referenceSchema) return readReference(text) as z.output<typeof schema>
      const parsed = schema.safeParse(parseJson(text))
      if (!parsed.success) throw new Unreachable(`${path}: ${parsed.error.message}`)
      return parsed.data
    },
  }
  const verbs: SyncApi = {
    ...syncVerbs('http://simulated', token, ask),
    listen: (on) =>
      line.listen(token(), {
        text: (text) => isAlive() && on.poke(pokeSchema.parse(JSON.parse(text))),
        close: (why) => isAlive() && on.close(why),
      }),
  }
  return {
    ...verbs,
    /** Passwords are not what is tried here. */
    signIn: (input: { username: string; deskId: string }) => ask.json(signedInSchema, 'POST', '/api/sign-in', input),
  }
}
