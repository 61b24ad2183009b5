import { type Selectable, type SqlBool, sql } from 'kysely'
import type { CaseState } from '../../../../src-shared/cases/case.ts'
import type { CaseId } from '../../../../src-shared/ids.ts'
import type { CaseTableRow, PublicationRow } from '../schema.ts'
import { type Connection, placesOf, type RowValues, statement } from '../statement.ts'
import type { CasesWriting, Publication, StoredCase } from '../store.ts'

const changing = [
  'stage',
  'agency_id',
  'field_id',
  'area_id',
  'is_late',
  'due_at',
  'phone',
  'updated_at',
  'last_seq',
  'version',
  'head_hash',
  'state_json',
] as const
const columns = ['case_id', 'code', 'channel', 'opened_at', ...changing] as const

/** The projections of the register: what the cases have come to, and what of them is public. */
export function caseQueries(connection: Connection): CasesWriting {
  const { db } = connection
  const stored = ['state_json', 'head_hash', 'last_seq', 'due_at'] as const
  const byId = statement(connection, ({ caseId }: { caseId: string }) =>
    db.selectFrom('cases').select(stored).where('case_id', '=', caseId),
  )
  const byCode = statement(connection, ({ code }: { code: string }) =>
    db.selectFrom('cases').select(stored).where('code', '=', code),
  )
  const openAfter = statement(connection, ({ caseId, limit }: { caseId: string; limit: number }) =>
    db
      .selectFrom('cases')
      .select(stored)
      .where('case_id', '>', caseId)
      .where('stage', 'not in', ['closed', 'refused', 'redirected', 'withdrawn'])
      .orderBy('case_id')
      .limit(limit),
  )
  const dueBefore = statement(connection, ({ instant, limit }: { instant: number; limit: number }) =>
    db
      .selectFrom('cases')
      .select(['case_id', 'due_at'])
      .where('due_at', 'is not', null)
      .where('due_at', '<', instant)
      .orderBy('due_at')
      .orderBy('case_id')
      .limit(limit),
  )
  const nextDue = statement(connection, () =>
    db
      .selectFrom('cases')
      .select((e) => e.fn.min('due_at').as('due'))
      .where('due_at', 'is not', null),
  )
  // What never changes is left out of the update: its indexes need not be touched.
  const put = statement(connection, (row: RowValues<CaseTableRow>) =>
    db
      .insertInto('cases')
      .values(placesOf(columns, row))
      .onConflict((c) =>
        c
          .column('case_id')
          .doUpdateSet((e) => Object.fromEntries(changing.map((column) => [column, e.ref(`excluded.${column}`)]))),
      ),
  )
  const setDue = statement(connection, ({ caseId, dueAt }: { caseId: string; dueAt: number | null }) =>
    db.updateTable('cases').set({ due_at: dueAt }).where('case_id', '=', caseId),
  )
  return {
    async case(caseId) {
      const [row] = await byId({ caseId })
      return row ? storedCase(row) : null
    },
    async caseByCode(code) {
      const [row] = await byCode({ code })
      return row ? storedCase(row) : null
    },
    async casesByPhone(phone, limit) {
      const rows = await db
        .selectFrom('cases')
        .selectAll()
        .where('phone', '=', phone)
        .orderBy('opened_at', 'desc')
        .orderBy('case_id', 'desc')
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
      const rows = await query.orderBy('updated_at', 'desc').orderBy('case_id', 'desc').limit(filter.limit).execute()
      return rows.map(storedCase)
    },
    openAfter: async (caseId, limit) => (await openAfter({ caseId, limit })).map(storedCase),
    async dueBefore(instant, limit) {
      const rows = await dueBefore({ instant, limit })
      return rows.map((row) => ({ caseId: row.case_id as CaseId, dueAt: row.due_at! }))
    },
    async nextDueAt() {
      const [row] = await nextDue({})
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
    async publications({ text, fieldId, offset, limit }) {
      let query = db.selectFrom('publications').selectAll()
      for (const word of text.split(' ').filter(Boolean)) {
        query = query.where(sql<SqlBool>`folded like ${containing(word)} escape '\\'`)
      }
      if (fieldId !== undefined) query = query.where('field_id', '=', fieldId)
      // In a fixed order also where many were published at once, or a page would repeat what the last one showed.
      const rows = await query
        .orderBy('published_at', 'desc')
        .orderBy('case_id', 'desc')
        .offset(offset)
        .limit(limit)
        .execute()
      return rows.map(publicationOf)
    },
    async publication(code) {
      const row = await db.selectFrom('publications').selectAll().where('code', '=', code).executeTakeFirst()
      return row ? publicationOf(row) : null
    },
    async putCase(row) {
      await put({ ...caseRow(row) })
    },
    async setDue(caseId, dueAt) {
      await setDue({ caseId, dueAt })
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
  }
}

/** Letter for letter: what a citizen looks for may be "50%". */
const containing = (word: string): string => `%${word.replace(/[\\%_]/g, '\\$&')}%`

function storedCase(
  row: Pick<Selectable<CaseTableRow>, 'state_json' | 'head_hash' | 'last_seq' | 'due_at'>,
): StoredCase {
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
    // The register's own text of an instant: no other form gets here.
    opened_at: Date.parse(state.openedAt),
    updated_at: Date.parse(state.updatedAt),
    last_seq: lastSeq,
    version: state.version,
    head_hash: headHash,
    // NFC as in the events, so that a projection folded anew is the same; nothing in JSON's own signs composes.
    state_json: JSON.stringify(state).normalize('NFC'),
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
