import { CompiledQuery } from 'kysely'
import { over } from '../queries/over.ts'
import type { Connection } from '../statement.ts'
import type { News, Store } from '../store.ts'
import { announced } from './announced.ts'
import { connectionOver } from './dialect.ts'
import { isLost, isUndone } from './failures.ts'
import { openPipe } from './pipe.ts'
import { openSession } from './session.ts'

/** The one writing connection of a process. */
export interface Writer {
  readonly write: Store['write']
  /** Outside any transaction, and tried once only: for what is done at the start. */
  readonly connection: Connection
  close(): Promise<void>
}

export const nextPauseMs = (pauseMs: number): number => Math.min(pauseMs * 2, 1_000)
export const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))

export interface WriterParts {
  readonly url: string
  /** Of this process among the writers, in letters, digits and hyphens. */
  readonly id: string
  /** On which the others are told; in letters and digits. */
  readonly channel: string
  /** How long somebody waits for a database that is away. */
  readonly patienceMs: number
}

// The counter's row is held before anything is read: every statement sees all that was committed before, and transactions
// follow one another over all processes in the order of their events. READ COMMITTED, because a stricter isolation looks at the
// register as it was before the waiting, and would only refuse whoever had to wait.
const beginAlone = "begin isolation level read committed; select value from counters where name = 'seq' for update"

/**
 * Tries again what the database gave up: serialization failures, deadlocks, connections lost before the commit was sent. Where
 * the answer to a commit was lost, the number that each transaction leaves in `writers` tells whether it was done.
 * @throws the driver's Error when the first connection cannot be made
 */
export async function openWriter({ url, id, channel, patienceMs }: WriterParts): Promise<Writer> {
  let pipe = openPipe(await openSession(url))
  let number = 0
  let isClosed = false
  let news = new Set<News>()
  const inTransaction = connectionOver((query, parameters) => pipe.run(query, parameters))
  const queries = announced(over(inTransaction), (each) => news.add(each))
  const inTurn = oneAtATime()

  const commitOf = () => {
    const told = news.size === 0 ? '' : `notify ${channel}, '${id} ${[...news].join(' ')}'; `
    return `insert into writers (writer, number) values ('${id}', ${number})
      on conflict (writer) do update set number = excluded.number, at = now(); ${told}commit`
  }
  const isDone = async (): Promise<boolean> => {
    const query = CompiledQuery.raw('select number from writers where writer = $1', [id])
    const [row] = (await pipe.run(query, query.parameters)) as { number: number }[]
    return row?.number === number
  }

  const write: Store['write'] = <T>(work: (tx: typeof queries) => Promise<T>) => {
    const until = performance.now() + patienceMs
    return inTurn(async () => {
      number += 1
      // Set while a commit is under way of which nobody knows yet whether it was done.
      let sent: { result: T } | null = null
      for (let pauseMs = 20; ; pauseMs = nextPauseMs(pauseMs)) {
        try {
          if (!pipe.isOpen) pipe = openPipe(await openSession(url))
          await pipe.say(beginAlone)
          if (sent !== null && (await isDone())) {
            await pipe.say('rollback')
            return sent.result
          }
          sent = null
          news = new Set()
          const result = await work(queries)
          sent = { result }
          await pipe.say(commitOf())
          return result
        } catch (failure) {
          const isGone = isLost(failure) || !pipe.isOpen
          if (isGone) await pipe.close()
          else {
            sent = null
            await pipe.say('rollback').catch(() => pipe.close())
          }
          const mayTryAgain = isGone || isUndone(failure)
          if (!mayTryAgain || isClosed || performance.now() > until) throw failure
        }
        await pause(pauseMs)
      }
    })
  }

  return {
    write,
    connection: connectionOver((query, parameters) => pipe.ask(query, parameters)),
    async close() {
      isClosed = true
      await inTurn(async () => {
        const forget = CompiledQuery.raw('delete from writers where writer = $1', [id])
        if (pipe.isOpen) await pipe.ask(forget, forget.parameters).catch(() => undefined)
        await pipe.close()
      })
    },
  }
}

function oneAtATime(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const mine = last.then(work, work)
    last = mine.catch(() => undefined)
    return mine
  }
}
