import type { Connection } from '../statement.ts'
import { isSilent } from './dialect.ts'
import type { Session } from './session.ts'

/**
 * A session on which statements that answer nothing are not waited for: the next is judged while the database writes the last.
 * PostgreSQL carries them out in the order in which they were sent, and refuses all that come after one that failed.
 */
export interface Pipe {
  readonly isOpen: boolean
  /** @throws the first failure of the transaction, be it of an earlier statement. */
  readonly run: Connection['run']
  /** Waits for whatever it is, outside a transaction. */
  readonly ask: Connection['run']
  /** Begins or ends a transaction. @throws as above; after that the pipe is free for another `rollback` or `begin`. */
  say(text: string): Promise<void>
  close(): Promise<void>
}

// A rebuild of the whole register must not stand in memory as statements.
const maxUnanswered = 200

export function openPipe(session: Session): Pipe {
  let unanswered: Promise<unknown>[] = []
  let failure: unknown = null
  const answerOf = async <T>(asked: Promise<T>): Promise<T> => {
    try {
      return await asked
    } catch (problem) {
      failure ??= problem
      throw failure
    }
  }
  return {
    get isOpen() {
      return session.isOpen
    },
    async run(query, parameters) {
      const answer = answerOf(session.ask(query.sql, parameters))
      if (!isSilent(query)) return answer
      unanswered.push(answer.catch(() => undefined))
      if (unanswered.length < maxUnanswered) return []
      await Promise.all(unanswered)
      unanswered = []
      if (failure !== null) throw failure
      return []
    },
    ask: (query, parameters) => session.ask(query.sql, parameters),
    async say(text) {
      await Promise.all([...unanswered, answerOf(session.say(text)).catch(() => undefined)])
      unanswered = []
      const first = failure
      failure = null
      if (first !== null) throw first
    },
    close: () => session.close(),
  }
}
