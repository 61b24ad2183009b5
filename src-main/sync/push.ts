import type { PushResult } from '../../src-shared/api/sync.ts'
import type { Command } from '../../src-shared/cases/commands.ts'
import type { Backlog } from './backlog.ts'
import type { DeskClock } from './desk-clock.ts'
import { ServerSaidNo, Unreachable } from './failures.ts'
import type { SyncApi } from './sync-api.ts'

const largestBatch = 500
const smallestBatch = 10
/** The server takes 16 MB; a slow line is the narrower door. */
const largestBatchCharacters = 4_000_000

/**
 * Sends what waits, in order, until nothing does (S1–S3). On a line on which a batch did not come through the next is half as large:
 * what was answered is never sent again, so that also the worst line gets on. Resolves with the newest event that came of it.
 */
export function openPush(parts: {
  readonly api: Pick<SyncApi, 'push'>
  readonly deskId: string
  readonly clock: DeskClock
  readonly backlog: Backlog
}): (protocol: number) => Promise<number> {
  const { api, deskId, clock, backlog } = parts
  let batch = largestBatch

  return async (protocol) => {
    let newest = 0
    for (;;) {
      const commands = lightEnough(backlog.toSend(batch))
      if (commands.length === 0) return newest
      const askedAt = clock.wall()
      backlog.sending(commands)
      try {
        const answer = await api.push({ protocol, deskId, commands }).catch(numberTaken)
        batch = Math.min(largestBatch, batch * 2)
        if (answer.now !== null) clock.seen(Date.parse(answer.now), askedAt)
        backlog.answered(commands, answer.results)
        for (const { outcome } of answer.results) {
          if (outcome.kind === 'accepted') newest = Math.max(newest, outcome.lastSeq)
        }
        // A database that was rebuilt or brought back from a copy counts differently from the server, and the server is right.
        if (answer.results.length < commands.length) {
          const next = commands[answer.results.length]!.n
          if (next === answer.nextN && answer.results.length === 0)
            throw new Unreachable('the server answered none of the commands')
          if (next !== answer.nextN) backlog.renumber(answer.nextN)
        }
      } catch (error) {
        if (isTooMuch(error)) batch = Math.max(smallestBatch, Math.floor(commands.length / 2))
        throw error
      } finally {
        backlog.sending([])
      }
    }
  }
}

const isTooMuch = (error: unknown): boolean =>
  error instanceof Unreachable || (error instanceof ServerSaidNo && error.status === 413)

/** S3: 409 `n-taken` names the number that the server wants. */
const numberTaken = (error: unknown): { results: PushResult[]; nextN: number; now: string | null } => {
  const nextN = error instanceof ServerSaidNo && error.code === 'n-taken' ? Number(error.why.nextN) : Number.NaN
  if (!Number.isInteger(nextN)) throw error
  return { results: [], nextN, now: null }
}

function lightEnough(commands: Command[]): Command[] {
  let characters = 0
  const end = commands.findIndex((command) => {
    characters += JSON.stringify(command.input).length + 400
    return characters > largestBatchCharacters
  })
  return end <= 0 ? (end === 0 ? commands.slice(0, 1) : commands) : commands.slice(0, end)
}
