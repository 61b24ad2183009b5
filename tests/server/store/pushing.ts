import { uuidv7 } from 'uuidv7'
import type { PushResult } from '../../../src-shared/api/sync.ts'
import { formatCode } from '../../../src-shared/cases/codes.ts'
import { actorOf } from '../../../src-shared/people/roles.ts'
import { openInput, password, people } from '../running.ts'

const post = async <T>(url: string, body: object, token = ''): Promise<T> => {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`)
  return (await response.json()) as T
}

/** A desk that opens cases without a pause until it is told to stop; what was answered to it, by the event's number. */
export async function pushWithoutPause(url: string, deskId: string) {
  const { token } = await post<{ token: string }>(`${url}/api/sign-in`, {
    username: people.agent.username,
    password,
    deskId,
  })
  const answered = new Map<string, number>()
  let isOver = false
  const year = new Date().getFullYear()
  let n = 0
  const open = async (number: number) => {
    n += 1
    const base = { commandId: uuidv7(), deskId, n, actor: actorOf(people.agent), madeAt: new Date().toISOString() }
    const opening = { ...base, caseId: uuidv7(), name: 'case.open', input: openInput(formatCode(year, number)) }
    const body = { protocol: 1, deskId, commands: [opening] }
    const { results } = await post<{ results: PushResult[] }>(`${url}/api/sync/push`, body, token)
    for (const { commandId, outcome } of results) {
      if (outcome.kind !== 'accepted') throw new Error(JSON.stringify(outcome))
      answered.set(commandId, outcome.lastSeq)
    }
  }
  const work = async () => {
    while (!isOver) {
      const lease = { deskId, year, count: 500 }
      const block = await post<{ from: number; to: number }>(`${url}/api/sync/codes`, lease, token)
      for (let number = block.from; !isOver && number <= block.to; number += 1) await open(number)
    }
  }
  const working = work()
  return {
    answered,
    async stop() {
      isOver = true
      await working
    },
  }
}
