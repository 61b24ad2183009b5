import { sql } from 'kysely'
import { type PushResult, pushResultSchema } from '../../../../src-shared/api/sync.ts'
import { canonicalJson } from '../../../../src-shared/cases/chain.ts'
import type { CodeBlock } from '../../../../src-shared/cases/code-blocks.ts'
import type { DeskId } from '../../../../src-shared/ids.ts'
import type { CodeBlockRow, DeskTableRow, EventRow, Schema } from '../schema.ts'
import { type Connection, placesOf, type RowValues, statement } from '../statement.ts'
import type { RegisterWriting } from '../store.ts'
import { caseQueries } from './case-queries.ts'
import { linesQuery } from './lines-query.ts'

const eventColumns = ['seq', 'case_id', 'case_seq', 'name', 'at', 'day', 'command_id', 'hash', 'line'] as const

/** The register's statements over any connection: the reader's, or the one of a running transaction. */
export function registerQueries(connection: Connection): RegisterWriting {
  const { db } = connection
  const lastSeq = statement(connection, () => db.selectFrom('counters').select('value').where('name', '=', 'seq'))
  const raise = statement(connection, ({ name, by }: { name: string; by: number }) =>
    db
      .updateTable('counters')
      .set({ value: sql<number>`value + ${by}` })
      .where('name', '=', name)
      .returning('value'),
  )
  const blockFrom = statement(connection, ({ year, number }: { year: number; number: number }) =>
    db
      .selectFrom('code_blocks')
      .selectAll()
      .where('year', '=', year)
      .where('from_number', '<=', number)
      .orderBy('from_number', 'desc')
      .limit(1),
  )
  // Blocks of a year follow one another, so the last to begin is the last to end.
  const lastLeased = statement(connection, ({ year }: { year: number }) =>
    db.selectFrom('code_blocks').select('to_number').where('year', '=', year).orderBy('from_number', 'desc').limit(1),
  )
  const lease = statement(connection, (row: RowValues<Pick<CodeBlockRow, LeasedColumn>>) =>
    db.insertInto('code_blocks').values(placesOf(['year', 'from_number', 'to_number', 'desk_id', 'leased_at'], row)),
  )
  const append = statement(connection, (row: RowValues<EventRow>) =>
    db.insertInto('events').values(placesOf(eventColumns, row)),
  )
  const hash = statement(connection, ({ seq }: { seq: number }) =>
    db.selectFrom('events').select('hash').where('seq', '=', seq),
  )
  const latestDay = statement(connection, () =>
    db.selectFrom('day_chain').selectAll().orderBy('last_seq', 'desc').limit(1),
  )
  const putDay = statement(connection, (row: RowValues<Schema['day_chain']>) =>
    db
      .insertInto('day_chain')
      .values(placesOf(['day', 'first_seq', 'last_seq', 'head'], row))
      .onConflict((c) => c.column('day').doUpdateSet({ last_seq: row.last_seq, head: row.head })),
  )
  const answer = statement(connection, ({ commandId }: { commandId: string }) =>
    db.selectFrom('answers').select('answer_json').where('command_id', '=', commandId),
  )
  const putAnswer = statement(connection, (row: RowValues<Schema['answers']>) =>
    db.insertInto('answers').values(placesOf(['command_id', 'desk_id', 'n', 'answer_json', 'answered_at'], row)),
  )
  const nextN = statement(connection, ({ deskId }: { deskId: string }) =>
    db.selectFrom('desks').select('next_n').where('desk_id', '=', deskId),
  )
  const putDesk = statement(connection, (row: RowValues<Pick<DeskTableRow, 'desk_id' | 'next_n' | 'seen_at'>>) =>
    db
      .insertInto('desks')
      .values(placesOf(['desk_id', 'next_n', 'seen_at'], row))
      .onConflict((c) => c.column('desk_id').doUpdateSet({ next_n: row.next_n, seen_at: row.seen_at })),
  )
  return {
    ...caseQueries(connection),
    async lastSeq() {
      const [row] = await lastSeq({})
      return row!.value
    },
    async lastEventAt() {
      const row = await db.selectFrom('events').select('at').orderBy('seq', 'desc').limit(1).executeTakeFirst()
      return row?.at ?? null
    },
    eventsAfter: (cursor, limit) =>
      db.selectFrom('events').select(['seq', 'line']).where('seq', '>', cursor).orderBy('seq').limit(limit).execute(),
    linesBetween: linesQuery(connection),
    eventsOfCase: (caseId) =>
      db.selectFrom('events').select(['seq', 'line']).where('case_id', '=', caseId).orderBy('case_seq').execute(),
    async hashOf(seq) {
      const [row] = await hash({ seq })
      return row?.hash ?? null
    },
    async answerOf(commandId) {
      const [row] = await answer({ commandId })
      return row ? pushResultSchema.parse(JSON.parse(row.answer_json)) : null
    },
    async nextN(deskId) {
      const [row] = await nextN({ deskId })
      return row?.next_n ?? 1
    },
    async codeBlocks(deskId, year) {
      const rows = await db
        .selectFrom('code_blocks')
        .selectAll()
        .where('desk_id', '=', deskId)
        .where('year', '=', year)
        .orderBy('from_number')
        .execute()
      return rows.map(codeBlockOf)
    },
    async blockOf(year, number) {
      const [row] = await blockFrom({ year, number })
      if (row === undefined || number > row.to_number) return null
      return row.void_from !== null && number >= row.void_from ? null : codeBlockOf(row)
    },
    async isEmpty() {
      return (await db.selectFrom('events').select('seq').limit(1).executeTakeFirst()) === undefined
    },
    async dayHeads() {
      const rows = await db.selectFrom('day_chain').selectAll().orderBy('first_seq').execute()
      return rows.map((r) => ({ day: r.day, firstSeq: r.first_seq, lastSeq: r.last_seq, head: r.head }))
    },
    async takeSeq(count) {
      const [row] = await raise({ name: 'seq', by: count })
      return row!.value - count + 1
    },
    async appendEvents(events) {
      for (const { event, at, day, line } of events) {
        const { seq, caseId, caseSeq, name, commandId, hash } = event
        await append({ seq, case_id: caseId, case_seq: caseSeq, name, at, day, command_id: commandId, hash, line })
      }
    },
    async latestDayHead() {
      const [row] = await latestDay({})
      return row ? { day: row.day, firstSeq: row.first_seq, lastSeq: row.last_seq, head: row.head } : null
    },
    async putDayHead({ day, firstSeq, lastSeq, head }) {
      await putDay({ day, first_seq: firstSeq, last_seq: lastSeq, head })
    },
    async putAnswer(deskId, result: PushResult, at) {
      const { commandId, n } = result
      const values = { command_id: commandId, desk_id: deskId, n, answer_json: canonicalJson(result), answered_at: at }
      await putAnswer(values)
    },
    async setNextN(deskId, nextN, at) {
      await putDesk({ desk_id: deskId, next_n: nextN, seen_at: at })
    },
    async lastLeased(year) {
      const [row] = await lastLeased({ year })
      return row?.to_number ?? null
    },
    async addCodeBlock({ year, from, to, deskId }, at) {
      await lease({ year, from_number: from, to_number: to, desk_id: deskId, leased_at: at })
    },
  }
}

type LeasedColumn = 'year' | 'from_number' | 'to_number' | 'desk_id' | 'leased_at'

const codeBlockOf = (row: Pick<CodeBlockRow, LeasedColumn>): CodeBlock => ({
  deskId: row.desk_id as DeskId,
  year: row.year,
  from: row.from_number,
  to: row.to_number,
})
