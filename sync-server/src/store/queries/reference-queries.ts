import { sql } from 'kysely'
import { type Connection, statement } from '../statement.ts'
import type { ReferenceWriting } from '../store.ts'

export function referenceQueries(connection: Connection): ReferenceWriting {
  const { db } = connection
  // Asked in every transaction.
  const revision = statement(connection, () =>
    db.selectFrom('counters').select('value').where('name', '=', 'reference'),
  )
  return {
    async revision() {
      const [row] = await revision({})
      return row!.value
    },
    async part(part) {
      const row = await db.selectFrom('reference_parts').select('body_json').where('part', '=', part).executeTakeFirst()
      return row?.body_json ?? null
    },
    async putPart(part, bodyJson) {
      await db
        .insertInto('reference_parts')
        .values({ part, body_json: bodyJson })
        .onConflict((c) => c.column('part').doUpdateSet({ body_json: bodyJson }))
        .execute()
    },
    async raiseRevision() {
      const row = await db
        .updateTable('counters')
        .set({ value: sql<number>`value + 1` })
        .where('name', '=', 'reference')
        .returning('value')
        .executeTakeFirstOrThrow()
      return row.value
    },
  }
}
