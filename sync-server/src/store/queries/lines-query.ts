import { type RawBuilder, sql } from 'kysely'
import { type Connection, statement } from '../statement.ts'
import type { RegisterReading } from '../store.ts'

type Text = RawBuilder<string | Uint8Array>

/**
 * A page of the register as it goes over the wire, put together by the database: none of its rows has to become an object here.
 * @param as in what form the database gives it out
 */
export function linesQuery(
  connection: Connection,
  as: (text: Text) => Text = (text) => text,
): RegisterReading['linesBetween'] {
  const page = statement(connection, ({ cursor, to }: { cursor: number; to: number }) =>
    connection.db
      .selectFrom((from) =>
        from
          .selectFrom('events')
          .select('line')
          .where('seq', '>', cursor)
          .where('seq', '<=', to)
          .orderBy('seq')
          .as('page'),
      )
      .select([sql<number>`count(*)`.as('rows'), as(sql`string_agg(line, ${lineEnd}) || ${lineEnd}`).as('text')]),
  )
  return async (cursor, to) => {
    const [found] = await page({ cursor, to })
    if (found?.rows !== to - cursor) throw new Error(`the events ${cursor + 1} to ${to} are not all there`)
    return found.text
  }
}

/** In SQLite's words: UTF-8 as it lies in the file, which otherwise becomes a string and UTF-8 again: four times the work. */
export const asBytes = (text: Text): Text => sql`cast(${text} as blob)`

const lineEnd = sql.lit('\n')
