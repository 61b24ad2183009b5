import type { AccountId, CaseId } from '../../../../src-shared/ids.ts'
import type { Connection } from '../statement.ts'
import type { PeopleWriting } from '../store.ts'
import { accountOf } from './account-row.ts'
import { sessionQueries } from './session-queries.ts'

export function peopleQueries(connection: Connection): PeopleWriting {
  const { db } = connection
  return {
    ...sessionQueries(connection),
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
