import type { Kysely, Selectable } from 'kysely'
import type { CalendarChangeRow, Schema } from '../schema.ts'
import type { CalendarChange, CalendarsWriting } from '../store.ts'

/** What administrators entered into the calendars; a row is written once, and only its count is filled in later. */
export function calendarQueries(db: Kysely<Schema>): CalendarsWriting {
  return {
    async change(changeId) {
      const row = await db
        .selectFrom('calendar_changes')
        .selectAll()
        .where('change_id', '=', changeId)
        .executeTakeFirst()
      return row ? changeOf(row) : null
    },
    async changes() {
      const rows = await db.selectFrom('calendar_changes').selectAll().orderBy('known_at').execute()
      return rows.map(changeOf)
    },
    async newestKnownAt() {
      const row = await db
        .selectFrom('calendar_changes')
        .select((e) => e.fn.max('known_at').as('known_at'))
        .executeTakeFirst()
      return row?.known_at ?? null
    },
    async unfinished(until) {
      const rows = await db
        .selectFrom('calendar_changes')
        .selectAll()
        .where('recounted', 'is', null)
        .where('known_at', '<=', until)
        .execute()
      return rows.map(changeOf)
    },
    async recountedAfter(seq) {
      const row = await db
        .selectFrom('events')
        .select((e) => e.fn.count<number>('case_id').distinct().as('cases'))
        .where('seq', '>', seq)
        .where('name', '=', 'clock.recounted')
        .executeTakeFirstOrThrow()
      return Number(row.cases)
    },
    async addChange(change) {
      await db
        .insertInto('calendar_changes')
        .values({
          change_id: change.changeId,
          calendar_id: change.calendarId,
          account_id: change.accountId,
          known_at: change.knownAt,
          revision: change.revision,
          seq: change.seq,
          entries_json: change.entriesJson,
          recounted: change.recounted,
        })
        .execute()
    },
    async setRecounted(changeId, recounted) {
      await db
        .updateTable('calendar_changes')
        .set({ recounted })
        .where('change_id', '=', changeId)
        .where('recounted', 'is', null)
        .execute()
    },
  }
}

const changeOf = (row: Selectable<CalendarChangeRow>): CalendarChange => ({
  changeId: row.change_id,
  calendarId: row.calendar_id,
  accountId: row.account_id,
  knownAt: row.known_at,
  revision: row.revision,
  seq: row.seq,
  entriesJson: row.entries_json,
  recounted: row.recounted,
})
