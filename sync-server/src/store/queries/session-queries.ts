import type { CaseId, DeskId } from '../../../../src-shared/ids.ts'
import { type Connection, statement } from '../statement.ts'
import type { PeopleWriting } from '../store.ts'
import { accountOf } from './account-row.ts'

type SessionQueries = Pick<
  PeopleWriting,
  | 'liveSession'
  | 'hasLiveSession'
  | 'hasWorkedAt'
  | 'workersAt'
  | 'lastAtDesks'
  | 'openSession'
  | 'endSession'
  | 'endSessionsOf'
  | 'endSessionsAt'
>

/** Who is signed in where, and who has ever worked at a desk. */
export function sessionQueries(connection: Connection): SessionQueries {
  const { db } = connection
  // Asked by every request.
  const live = statement(connection, ({ tokenHash, at }: { tokenHash: string; at: number }) =>
    db
      .selectFrom('sessions')
      .innerJoin('accounts', 'accounts.account_id', 'sessions.account_id')
      .selectAll('accounts')
      .select(['sessions.token_hash', 'sessions.desk_id', 'sessions.case_id', 'sessions.expires_at'])
      .where('token_hash', '=', tokenHash)
      .where('ended_at', 'is', null)
      .where('sessions.expires_at', '>', at)
      .where('is_disabled', '=', 0),
  )
  // Asked at each meeting.
  const workers = statement(connection, ({ deskId }: { deskId: string }) =>
    db
      .selectFrom('accounts')
      .selectAll()
      .where('is_disabled', '=', 0)
      .where((e) => e('account_id', 'in', e.selectFrom('sessions').select('account_id').where('desk_id', '=', deskId)))
      .orderBy('account_id'),
  )
  return {
    async liveSession(tokenHash, at) {
      const [row] = await live({ tokenHash, at })
      if (!row) return null
      return {
        tokenHash: row.token_hash,
        account: accountOf(row),
        deskId: row.desk_id as DeskId | null,
        caseId: row.case_id as CaseId | null,
        expiresAt: row.expires_at,
      }
    },
    async hasLiveSession(accountId, at) {
      const row = await db
        .selectFrom('sessions')
        .select('token_hash')
        .where('account_id', '=', accountId)
        .where('ended_at', 'is', null)
        .where('expires_at', '>', at)
        .limit(1)
        .executeTakeFirst()
      return row !== undefined
    },
    async hasWorkedAt(accountId, deskId) {
      const row = await db
        .selectFrom('sessions')
        .select('token_hash')
        .where('account_id', '=', accountId)
        .where('desk_id', '=', deskId)
        .limit(1)
        .executeTakeFirst()
      return row !== undefined
    },
    async workersAt(deskId) {
      return (await workers({ deskId })).map(accountOf)
    },
    async lastAtDesks() {
      const rows = await db
        .selectFrom('desks')
        .innerJoin('sessions', (join) =>
          join.on((e) =>
            e(
              'sessions.token_hash',
              '=',
              e
                .selectFrom('sessions as s')
                .select('s.token_hash')
                .whereRef('s.desk_id', '=', 'desks.desk_id')
                .orderBy('s.created_at', 'desc')
                .orderBy('s.token_hash')
                .limit(1),
            ),
          ),
        )
        .innerJoin('accounts', 'accounts.account_id', 'sessions.account_id')
        .select(['desks.desk_id', 'accounts.name'])
        .execute()
      return rows.map((row) => ({ deskId: row.desk_id as DeskId, name: row.name }))
    },
    async openSession(session) {
      await db
        .insertInto('sessions')
        .values({
          token_hash: session.tokenHash,
          account_id: session.accountId,
          desk_id: session.deskId,
          case_id: session.caseId,
          created_at: session.createdAt,
          expires_at: session.expiresAt,
          ended_at: null,
          ended_reason: null,
        })
        .execute()
    },
    async endSession(tokenHash, at, reason) {
      await db
        .updateTable('sessions')
        .set({ ended_at: at, ended_reason: reason })
        .where('token_hash', '=', tokenHash)
        .where('ended_at', 'is', null)
        .execute()
    },
    async endSessionsOf(accountId, at, reason) {
      await db
        .updateTable('sessions')
        .set({ ended_at: at, ended_reason: reason })
        .where('account_id', '=', accountId)
        .where('ended_at', 'is', null)
        .execute()
    },
    async endSessionsAt(deskId, at, reason) {
      await db
        .updateTable('sessions')
        .set({ ended_at: at, ended_reason: reason })
        .where('desk_id', '=', deskId)
        .where('ended_at', 'is', null)
        .execute()
    },
  }
}
