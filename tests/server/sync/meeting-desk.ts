import type { Meet, Met } from '../../../src-shared/api/sync.ts'
import { metSchema } from '../../../src-shared/api/sync.ts'
import type { Running } from '../running.ts'

/** A desk's meeting as it goes over the wire; what is not given is that of a desk that has nothing. */
export const meetBody = (deskId: string, changes: Partial<Meet> = {}) => ({
  protocols: { oldest: 1, newest: 2 },
  deskId,
  version: '0.2.0',
  registerId: null,
  cursor: 0,
  head: null,
  revision: 0,
  waiting: 0,
  attention: 0,
  waitingSinceAt: null,
  clockOffsetMs: 0,
  blocks: [],
  told: 0,
  ...changes,
})

export async function meetAt(
  server: Running,
  token: string,
  deskId: string,
  changes: Partial<Meet> = {},
): Promise<Met> {
  const response = await server.request('/api/sync/meet', { token, body: meetBody(deskId, changes) })
  if (response.status !== 200) throw new Error(`the meeting answered ${response.status}: ${await response.text()}`)
  return metSchema.parse(await response.json())
}

/** Status and code of an answer that is no. */
export async function refusal(response: Response | Promise<Response>): Promise<[number, string]> {
  const answer = await response
  const body = (await answer.json()) as { error?: { code: string } }
  return [answer.status, body.error?.code ?? '']
}
