import { type Kysely, sql } from 'kysely'
import { type PushResult, pushResultSchema } from '../../../../src-shared/api/sync.ts'
import { canonicalJson } from '../../../../src-shared/cases/chain.ts'
import type { CodeBlock } from '../../../../src-shared/cases/code-blocks.ts'
import type { DeskId } from '../../../../src-shared/ids.ts'
import type { Schema } from '../schema.ts'
import type { RegisterWriting } from '../store.ts'
import { caseQueries } from './case-queries.ts'

/** The register's statements over any connection: the reader's, or the one of a running transaction. */
export function registerQueries(db: Kysely<Schema>): RegisterWriting {
  const counter = async (name: string, by: number): Promise<number> => {
    const row = await db
      .updateTable('counters')
      .set({ value: sql<number>`value + ${by}` })
      .where('name', '=', name)
      .returning('value')
      .executeTakeFirstOrThrow()
    return row.value
  }
  return {
    ...caseQueries(db),
    async lastSeq() {
      const row = await db.selectFrom('counters').select('value').where('name', '=', 'seq').executeTakeFirstOrThrow()
      return row.value
    },
    async lastEventAt() {
      const row = await db.selectFrom('events').select('at').orderBy('seq', 'desc').limit(1).executeTakeFirst()
      return row?.at ?? null
    },
    eventsAfter: (cursor, limit) =>
      db.selectFrom('events').select(['seq', 'line']).where('seq', '>', cursor).orderBy('seq').limit(limit).execute(),
    eventsOfCase: (caseId) =>
      db.selectFrom('events').select(['seq', 'line']).where('case_id', '=', caseId).orderBy('case_seq').execute(),
    async answerOf(commandId) {
      const row = await db
        .selectFrom('answers')
        .select('answer_json')
        .where('command_id', '=', commandId)
        .executeTakeFirst()
      return row ? pushResultSchema.parse(JSON.parse(row.answer_json)) : null
    },
    async nextN(deskId) {
      const row = await db.selectFrom('desks').select('next_n').where('desk_id', '=', deskId).executeTakeFirst()
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
      return rows.map(
        (r): CodeBlock => ({ deskId: r.desk_id as DeskId, year: r.year, from: r.from_number, to: r.to_number }),
      )
    },
    async isEmpty() {
      return (await db.selectFrom('events').select('seq').limit(1).executeTakeFirst()) === undefined
    },
    async dayHeads() {
      const rows = await db.selectFrom('day_chain').selectAll().orderBy('first_seq').execute()
      return rows.map((r) => ({ day: r.day, firstSeq: r.first_seq, lastSeq: r.last_seq, head: r.head }))
    },
    async takeSeq(count) {
      return (await counter('seq', count)) - count + 1
    },
    async appendEvents(events) {
      for (const { event, at, day, line } of events) {
        await db
          .insertInto('events')
          .values({
            seq: event.seq,
            case_id: event.caseId,
            case_seq: event.caseSeq,
            name: event.name,
            at,
            day,
            command_id: event.commandId,
            hash: event.hash,
            line,
          })
          .execute()
      }
    },
    async latestDayHead() {
      const row = await db.selectFrom('day_chain').selectAll().orderBy('last_seq', 'desc').limit(1).executeTakeFirst()
      return row ? { day: row.day, firstSeq: row.first_seq, lastSeq: row.last_seq, head: row.head } : null
    },
    async putDayHead({ day, firstSeq, lastSeq, head }) {
      await db
        .insertInto('day_chain')
        .values({ day, first_seq: firstSeq, last_seq: lastSeq, head })
        .onConflict((c) => c.column('day').doUpdateSet({ last_seq: lastSeq, head }))
        .execute()
    },
    async putAnswer(deskId, answer: PushResult, at) {
      await db
        .insertInto('answers')
        .values({
          command_id: answer.commandId,
          desk_id: deskId,
          n: answer.n,
          answer_json: canonicalJson(answer),
          answered_at: at,
        })
        .execute()
    },
    async setNextN(deskId, nextN, at) {
      await db
        .insertInto('desks')
        .values({ desk_id: deskId, next_n: nextN, seen_at: at })
        .onConflict((c) => c.column('desk_id').doUpdateSet({ next_n: nextN, seen_at: at }))
        .execute()
    },
    async lastLeased(year) {
      const row = await db
        .selectFrom('code_blocks')
        .select((e) => e.fn.max('to_number').as('last'))
        .where('year', '=', year)
        .executeTakeFirst()
      return row?.last ?? null
    },
    async addCodeBlock(block, at) {
      await db
        .insertInto('code_blocks')
        .values({
          year: block.year,
          from_number: block.from,
          to_number: block.to,
          desk_id: block.deskId,
          leased_at: at,
        })
        .execute()
    },
  }
}
