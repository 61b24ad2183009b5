import type { Selectable } from 'kysely'
import type { AccountId, AgencyId, CaseId, DeskId } from '../../../../src-shared/ids.ts'
import type { Role } from '../../../../src-shared/people/roles.ts'
import type { AccountRow } from '../schema.ts'
import { type Connection, statement } from '../statement.ts'
import type { PeopleWriting, StoredAccount } from '../store.ts'

export function peopleQueries(connection: Connection): PeopleWriting {
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
    async accountByUsername(username) {
      const row = await db.selectFrom('accounts').selectAll().where('username', '=', username).executeTakeFirst()
      return row ? accountOf(row) : null
    },
    async account(accountId) {
      const row = await db.selectFrom('accounts').selectAll().where('account_id', '=', accountId).executeTakeFirst()
      return row ? accountOf(row) : null
    },
    async accountsOfRole(role) {
      const rows = await db
        .selectFrom('accounts')
        .selectAll()
        .where('role', '=', role)
        .where('is_disabled', '=', 0)
        .orderBy('username')
        .execute()
      return rows.map(accountOf)
    },
    async hasAccounts() {
      return (await db.selectFrom('accounts').select('account_id').limit(1).executeTakeFirst()) !== undefined
    },
    async listeningsTo(recordingId) {
      const rows = await db
        .selectFrom('listenings')
        .selectAll()
        .where('recording_id', '=', recordingId)
        .orderBy('at')
        .execute()
      return rows.map((r) => ({
        at: r.at,
        accountId: r.account_id,
        recordingId: r.recording_id,
        fromByte: r.from_byte,
        toByte: r.to_byte,
      }))
    },
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
    async link(linkHash, at) {
      const row = await db
        .selectFrom('slip_links')
        .selectAll()
        .where('link_hash', '=', linkHash)
        .where('expires_at', '>', at)
        .executeTakeFirst()
      if (!row) return null
      return {
        linkHash: row.link_hash,
        messageId: row.message_id,
        caseId: row.case_id as CaseId,
        accountId: row.account_id as AccountId,
        phone: row.phone,
        expiresAt: row.expires_at,
      }
    },

    async addListening({ at, accountId, recordingId, fromByte, toByte }) {
      await db
        .insertInto('listenings')
        .values({ at, account_id: accountId, recording_id: recordingId, from_byte: fromByte, to_byte: toByte })
        .execute()
    },
    async putAccount(account, at) {
      const values = {
        account_id: account.id,
        username: account.username,
        name: account.name,
        role: account.role,
        agency_id: account.agencyId ?? null,
        title: account.title,
        phone: account.phone,
        password_hash: account.passwordHash,
        is_disabled: account.isDisabled ? 1 : 0,
      }
      await db
        .insertInto('accounts')
        .values({ ...values, created_at: at })
        .onConflict((c) => c.column('account_id').doUpdateSet(values))
        .execute()
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
    async putLink(link) {
      await db
        .insertInto('slip_links')
        .values({
          link_hash: link.linkHash,
          message_id: link.messageId,
          case_id: link.caseId,
          account_id: link.accountId,
          phone: link.phone,
          expires_at: link.expiresAt,
        })
        .execute()
    },
    async removeLinksOfMessage(messageId) {
      await db.deleteFrom('slip_links').where('message_id', '=', messageId).execute()
    },
    async putOneTimeCode({ linkHash, codeHash, expiresAt, triesLeft }) {
      const values = { link_hash: linkHash, code_hash: codeHash, expires_at: expiresAt, tries_left: triesLeft }
      await db
        .insertInto('one_time_codes')
        .values(values)
        .onConflict((c) => c.column('link_hash').doUpdateSet(values))
        .execute()
    },
    async tryOneTimeCode(linkHash, at) {
      const row = await db
        .updateTable('one_time_codes')
        .set((e) => ({ tries_left: e('tries_left', '-', 1) }))
        .where('link_hash', '=', linkHash)
        .where('expires_at', '>', at)
        .where('tries_left', '>', 0)
        .returning(['code_hash', 'tries_left'])
        .executeTakeFirst()
      return row ? { codeHash: row.code_hash, triesLeft: row.tries_left } : null
    },
    async removeOneTimeCode(linkHash) {
      await db.deleteFrom('one_time_codes').where('link_hash', '=', linkHash).execute()
    },
  }
}

function accountOf(row: Selectable<AccountRow>): StoredAccount {
  return {
    id: row.account_id as AccountId,
    username: row.username,
    name: row.name,
    role: row.role as Role,
    ...(row.agency_id === null ? {} : { agencyId: row.agency_id as AgencyId }),
    title: row.title,
    phone: row.phone,
    passwordHash: row.password_hash,
    isDisabled: row.is_disabled === 1,
  }
}
