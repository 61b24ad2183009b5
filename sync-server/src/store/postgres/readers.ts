import pg from 'pg'
import type { Connection } from '../statement.ts'
import { connectionOver } from './dialect.ts'
import { isLost } from './failures.ts'
import { connectionSettings, preparedOnce } from './session.ts'
import { nextPauseMs, pause } from './writer.ts'

// A page of the register each for some desks that pull, and room for those who only look a case up.
const maxReaders = 8

/** Connections of their own for reading, which never wait for a writer. A reading statement may always be tried again. */
export function openReaders(
  url: string,
  patienceMs: number,
): { readonly connection: Connection; close(): Promise<void> } {
  const pool = new pg.Pool({ ...connectionSettings(url), max: maxReaders })
  // An idle connection that is lost is replaced when the next is needed.
  pool.on('error', () => undefined)
  let isClosed = false
  const connection = connectionOver(async ({ sql }, parameters) => {
    const until = performance.now() + patienceMs
    for (let pauseMs = 20; ; pauseMs = nextPauseMs(pauseMs)) {
      try {
        return (await pool.query<object>(preparedOnce(sql, parameters))).rows
      } catch (failure) {
        if (!isLost(failure) || isClosed || performance.now() > until) throw failure
      }
      await pause(pauseMs)
    }
  })
  return {
    connection,
    close() {
      isClosed = true
      return pool.end()
    },
  }
}
