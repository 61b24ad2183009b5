import { type Kysely, type Selectable, sql } from 'kysely'
import { type PushResult, pushResultSchema } from '../../../../src-shared/api/sync.ts'
import type { CaseState } from '../../../../src-shared/cases/case.ts'
import { canonicalJson } from '../../../../src-shared/cases/chain.ts'
import type { CodeBlock } from '../../../../src-shared/cases/code-blocks.ts'
import { fromIso } from '../../../../src-shared/deadlines/instants.ts'
import type { CaseId, DeskId } from '../../../../src-shared/ids.ts'
import type { CaseTableRow, PublicationRow, Schema } from '../schema.ts'
import type { Publication, RegisterWriting, StoredCase } from '../store.ts'

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
    async case(caseId) {
      const row = await db.selectFrom('cases').selectAll().where('case_id', '=', caseId).executeTakeFirst()
      return row ? storedCase(row) : null
    },
    async caseByCode(code) {
      const row = await db.selectFrom('cases').selectAll().where('code', '=', code).executeTakeFirst()
      return row ? storedCase(row) : null
    },
    async casesByPhone(phone, limit) {
      const rows = await db
        .selectFrom('cases')
        .selectAll()
        .where('phone', '=', phone)
        .orderBy('opened_at', 'desc')
        .limit(limit)
        .execute()
      return rows.map(storedCase)
    },
    async cases(filter) {
      let query = db.selectFrom('cases').selectAll()
      const { agencyId } = filter
      if (agencyId !== undefined) {
        const asked = db.selectFrom('case_opinions').select('case_id').where('agency_id', '=', agencyId)
        query = query.where((e) => e.or([e('agency_id', '=', agencyId), e('case_id', 'in', asked)]))
      }
      if (filter.caseId !== undefined) query = query.where('case_id', '=', filter.caseId)
      if (filter.notStages?.length) query = query.where('stage', 'not in', [...filter.notStages])
      const rows = await query.orderBy('updated_at', 'desc').limit(filter.limit).execute()
      return rows.map(storedCase)
    },
    async dueBefore(instant, limit) {
      const rows = await db
        .selectFrom('cases')
        .select(['case_id', 'due_at'])
        .where('due_at', 'is not', null)
        .where('due_at', '<', instant)
        .orderBy('due_at')
        .orderBy('case_id')
        .limit(limit)
        .execute()
      return rows.map((row) => ({ caseId: row.case_id as CaseId, dueAt: row.due_at! }))
    },
    async nextDueAt() {
      const row = await db
        .selectFrom('cases')
        .select((e) => e.fn.min('due_at').as('due'))
        .where('due_at', 'is not', null)
        .executeTakeFirst()
      return row?.due ?? null
    },
    async caseOfRecording(recordingId) {
      const row = await db
        .selectFrom('case_recordings')
        .select('case_id')
        .where('recording_id', '=', recordingId)
        .executeTakeFirst()
      return (row?.case_id as CaseId | undefined) ?? null
    },
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
    async publications({ text, fieldId, offset, limit }) {
      let query = db.selectFrom('publications').selectAll()
      for (const word of text.split(' ').filter(Boolean)) query = query.where('folded', 'like', `%${word}%`)
      if (fieldId !== undefined) query = query.where('field_id', '=', fieldId)
      const rows = await query.orderBy('published_at', 'desc').offset(offset).limit(limit).execute()
      return rows.map(publicationOf)
    },
    async publication(code) {
      const row = await db.selectFrom('publications').selectAll().where('code', '=', code).executeTakeFirst()
      return row ? publicationOf(row) : null
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
    async putCase(row) {
      const values = caseRow(row)
      await db
        .insertInto('cases')
        .values(values)
        .onConflict((c) => c.column('case_id').doUpdateSet(values))
        .execute()
    },
    async setDue(caseId, dueAt) {
      await db.updateTable('cases').set({ due_at: dueAt }).where('case_id', '=', caseId).execute()
    },
    async setOpinions(caseId, agencyIds) {
      await db.deleteFrom('case_opinions').where('case_id', '=', caseId).execute()
      for (const agencyId of new Set(agencyIds)) {
        await db.insertInto('case_opinions').values({ agency_id: agencyId, case_id: caseId }).execute()
      }
    },
    async putRecording(recordingId, caseId) {
      await db
        .insertInto('case_recordings')
        .values({ recording_id: recordingId, case_id: caseId })
        .onConflict((c) => c.column('recording_id').doNothing())
        .execute()
    },
    async clearProjections() {
      await db.deleteFrom('cases').execute()
      await db.deleteFrom('case_opinions').execute()
      await db.deleteFrom('case_recordings').execute()
      await db.deleteFrom('publications').execute()
    },
    async putPublication(p) {
      const values: PublicationRow = {
        case_id: p.caseId,
        code: p.code,
        field_id: p.fieldId,
        agency_id: p.agencyId,
        question: p.question,
        answer: p.answer,
        published_at: p.publishedAt,
        folded: p.folded,
      }
      await db
        .insertInto('publications')
        .values(values)
        .onConflict((c) => c.column('case_id').doUpdateSet(values))
        .execute()
    },
    async removePublication(caseId) {
      await db.deleteFrom('publications').where('case_id', '=', caseId).execute()
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

function storedCase(row: Selectable<CaseTableRow>): StoredCase {
  return {
    state: JSON.parse(row.state_json) as CaseState,
    headHash: row.head_hash,
    lastSeq: row.last_seq,
    dueAt: row.due_at,
  }
}

function caseRow({ state, headHash, lastSeq, dueAt, phone }: StoredCase & { phone: string }): CaseTableRow {
  return {
    case_id: state.id,
    code: state.code,
    stage: state.stage,
    agency_id: state.slip?.agencyId ?? null,
    field_id: state.fieldId,
    area_id: state.areaId,
    channel: state.channel,
    is_late: state.isLate ? 1 : 0,
    due_at: dueAt,
    phone,
    opened_at: fromIso(state.openedAt),
    updated_at: fromIso(state.updatedAt),
    last_seq: lastSeq,
    version: state.version,
    head_hash: headHash,
    state_json: canonicalJson(state),
  }
}

const publicationOf = (row: Selectable<PublicationRow>): Publication => ({
  caseId: row.case_id as CaseId,
  code: row.code,
  fieldId: row.field_id,
  agencyId: row.agency_id,
  question: row.question,
  answer: row.answer,
  publishedAt: row.published_at,
})
