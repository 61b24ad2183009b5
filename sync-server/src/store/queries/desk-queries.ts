import { sql } from 'kysely'
import type { DeskId } from '../../../../src-shared/ids.ts'
import type { DesksWriting, StoredDesk, StoredWipe } from '../desks.ts'
import { type Connection, statement } from '../statement.ts'

/** What the server knows of its desks, and what became of the numbers that were leased to them. */
export function deskQueries(connection: Connection): DesksWriting {
  const { db } = connection
  // Asked at each meeting, pull and lease.
  const openWipe = statement(connection, ({ deskId }: { deskId: string }) =>
    db.selectFrom('desk_wipes').selectAll().where('desk_id', '=', deskId).where('done_at', 'is', null),
  )
  const setNext = statement(
    connection,
    ({ deskId, year, from, next }: { deskId: string; year: number; from: number; next: number }) =>
      db
        .updateTable('code_blocks')
        .set({ next_number: next })
        .where('year', '=', year)
        .where('from_number', '=', from)
        .where('desk_id', '=', deskId)
        .where((e) => e.or([e('next_number', 'is', null), e('next_number', '<', next)])),
  )
  return {
    async desk(deskId) {
      const row = await db.selectFrom('desks').selectAll().where('desk_id', '=', deskId).executeTakeFirst()
      return row ? deskOf(row) : null
    },
    async desks() {
      return (await db.selectFrom('desks').selectAll().orderBy('desk_id').execute()).map(deskOf)
    },
    async openWipe(deskId) {
      const [row] = await openWipe({ deskId })
      return row ? wipeOf(row) : null
    },
    async wipe(orderId) {
      const row = await db.selectFrom('desk_wipes').selectAll().where('order_id', '=', orderId).executeTakeFirst()
      return row ? wipeOf(row) : null
    },
    async latestWipes() {
      const rows = await db.selectFrom('desk_wipes').selectAll().orderBy('ordered_at').orderBy('order_id').execute()
      // The one that is open is the newest, whatever the clock said when it was ordered.
      const latest = new Map<DeskId, StoredWipe>()
      for (const wipe of rows.map(wipeOf)) {
        if (latest.get(wipe.deskId)?.doneAt !== null || wipe.doneAt === null) latest.set(wipe.deskId, wipe)
      }
      return [...latest.values()]
    },
    async blockUses(deskId) {
      const rows = await db
        .selectFrom('code_blocks')
        .leftJoin('cases', (join) => join.on('cases.code', '>=', firstCode).on('cases.code', '<=', lastCode))
        .select(['year', 'from_number', 'to_number', 'next_number', 'void_from'])
        .select((e) => [e.fn.count<number>('cases.code').as('in_cases'), e.fn.max('cases.code').as('last_code')])
        .where('desk_id', '=', deskId)
        .groupBy(['year', 'from_number', 'to_number', 'next_number', 'void_from'])
        .orderBy('year')
        .orderBy('from_number')
        .execute()
      return rows.map((row) => ({
        deskId: deskId as DeskId,
        year: row.year,
        from: row.from_number,
        to: row.to_number,
        inCases: Number(row.in_cases),
        next: Math.max(row.next_number ?? row.from_number, row.last_code === null ? 0 : numberIn(row.last_code) + 1),
        voidFrom: row.void_from,
      }))
    },
    async blocksWithin({ year, from, to }) {
      const rows = await db
        .selectFrom('code_blocks')
        .selectAll()
        .where('year', '=', year)
        .where('from_number', '<=', to)
        .where('to_number', '>=', from)
        .orderBy('from_number')
        .execute()
      return rows.map((row) => ({
        deskId: row.desk_id as DeskId,
        year: row.year,
        from: row.from_number,
        to: row.to_number,
        voidFrom: row.void_from,
      }))
    },

    async see(deskId, at) {
      await db
        .insertInto('desks')
        .values({ desk_id: deskId, next_n: 1, seen_at: at })
        .onConflict((c) => c.column('desk_id').doUpdateSet({ seen_at: at }))
        .execute()
    },
    async putTold(told, at) {
      const values = {
        seen_at: at,
        met_at: at,
        version: told.version,
        protocol: told.protocol,
        taken_seq: told.cursor,
        waiting: told.waiting,
        attention: told.attention,
        waiting_since: told.waitingSinceAt,
        clock_offset: Math.round(told.clockOffsetMs),
        told: told.told,
      }
      await db
        .insertInto('desks')
        .values({ desk_id: told.deskId, next_n: 1, ...values })
        .onConflict((c) => c.column('desk_id').doUpdateSet(values))
        .execute()
    },
    async setName(deskId, name) {
      await db.updateTable('desks').set({ name }).where('desk_id', '=', deskId).execute()
    },
    async addWipe(wipe) {
      await db
        .insertInto('desk_wipes')
        .values({
          order_id: wipe.orderId,
          desk_id: wipe.deskId,
          reason: wipe.reason,
          ordered_at: wipe.orderedAt,
          ordered_by: wipe.orderedBy,
          done_at: wipe.doneAt,
          lost_commands: wipe.lostCommands,
          lost_recordings: wipe.lostRecordings,
        })
        .execute()
    },
    async setWiped(orderId, { at, lostCommands, lostRecordings }) {
      await db
        .updateTable('desk_wipes')
        .set({ done_at: at, lost_commands: lostCommands, lost_recordings: lostRecordings })
        .where('order_id', '=', orderId)
        .where('done_at', 'is', null)
        .execute()
    },
    async setNext(deskId, { year, from, to, next }) {
      await setNext({ deskId, year, from, next: Math.min(next, to + 1) })
    },
    async setVoid({ year, from }, voidFrom) {
      await db
        .updateTable('code_blocks')
        .set({ void_from: voidFrom })
        .where('year', '=', year)
        .where('from_number', '=', from)
        .execute()
    },
    async removeBlock({ year, from }) {
      await db.deleteFrom('code_blocks').where('year', '=', year).where('from_number', '=', from).execute()
    },
  }
}

// `26-0048213-K`: within a year the codes are ordered as their numbers are, so a block is a range of the index of codes.
const firstCode = sql<string>`substr(cast(year as text), 3) || '-' || substr(cast(10000000 + from_number as text), 2)`
const lastCode = sql<string>`substr(cast(year as text), 3) || '-' || substr(cast(10000000 + to_number as text), 2) || '-~'`
const numberIn = (code: string): number => Number(code.slice(3, 10))

interface DeskColumns {
  desk_id: string
  seen_at: number
  name: string
  version: string | null
  protocol: number | null
  taken_seq: number | null
  waiting: number | null
  attention: number | null
  waiting_since: number | null
  clock_offset: number | null
  told: number | null
}
const deskOf = (row: DeskColumns): StoredDesk => ({
  deskId: row.desk_id as DeskId,
  name: row.name,
  seenAt: row.seen_at,
  version: row.version,
  protocol: row.protocol,
  cursor: row.taken_seq,
  waiting: row.waiting,
  attention: row.attention,
  waitingSinceAt: row.waiting_since,
  clockOffsetMs: row.clock_offset,
  told: row.told,
})

interface WipeColumns {
  order_id: string
  desk_id: string
  reason: string
  ordered_at: number
  ordered_by: string
  done_at: number | null
  lost_commands: number | null
  lost_recordings: number | null
}
const wipeOf = (row: WipeColumns): StoredWipe => ({
  orderId: row.order_id,
  deskId: row.desk_id as DeskId,
  reason: row.reason,
  orderedAt: row.ordered_at,
  orderedBy: row.ordered_by,
  doneAt: row.done_at,
  lostCommands: row.lost_commands,
  lostRecordings: row.lost_recordings,
})
