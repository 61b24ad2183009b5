import { type Selectable, sql } from 'kysely'
import type { AccountId, CaseId } from '../../../../src-shared/ids.ts'
import type { MessageRow } from '../schema.ts'
import { type Connection, placesOf, type RowValues, statement } from '../statement.ts'
import type { Message, MessageState, OutboxWriting } from '../store.ts'

const changing = ['params_json', 'state', 'text', 'next_try_at', 'attempts', 'sent_at', 'gateway', 'problem'] as const
const columns = [
  'message_id',
  'case_id',
  'kind',
  'channel',
  'recipient',
  'recipient_name',
  'account_id',
  'not_before_at',
  'created_at',
  ...changing,
] as const

// Written out, not a value of the statement: the index holds only what waits, and a database must see that it is asked for that.
const waiting = sql.lit('waiting')

export function outboxQueries(connection: Connection): OutboxWriting {
  const { db } = connection
  const put = statement(connection, (row: RowValues<MessageRow>) =>
    db
      .insertInto('messages')
      .values(placesOf(columns, row))
      .onConflict((c) =>
        c
          .column('message_id')
          .doUpdateSet((e) => Object.fromEntries(changing.map((column) => [column, e.ref(`excluded.${column}`)]))),
      ),
  )
  const nextTry = statement(connection, () =>
    db
      .selectFrom('messages')
      .select((e) => e.fn.min('next_try_at').as('next'))
      .where('state', '=', waiting),
  )
  return {
    async newest(limit) {
      const rows = await db
        .selectFrom('messages')
        .selectAll()
        .orderBy('created_at', 'desc')
        .orderBy('message_id', 'desc')
        .limit(limit)
        .execute()
      return rows.map(messageOf)
    },
    async ofCase(caseId) {
      const rows = await db
        .selectFrom('messages')
        .selectAll()
        .where('case_id', '=', caseId)
        .orderBy('created_at')
        .orderBy('message_id')
        .execute()
      return rows.map(messageOf)
    },
    async nextTryAt() {
      const [row] = await nextTry({})
      return row?.next ?? null
    },
    async due(at, limit) {
      const rows = await db
        .selectFrom('messages')
        .selectAll()
        .where('state', '=', waiting)
        .where('next_try_at', '<=', at)
        .orderBy('next_try_at')
        .orderBy('message_id')
        .limit(limit)
        .execute()
      return rows.map(messageOf)
    },
    async put(m) {
      await put({
        message_id: m.messageId,
        case_id: m.caseId,
        kind: m.kind,
        channel: m.channel,
        recipient: m.to,
        recipient_name: m.toName,
        account_id: m.accountId,
        params_json: JSON.stringify(m.params),
        state: m.state,
        text: m.text,
        not_before_at: m.notBeforeAt,
        next_try_at: m.nextTryAt,
        attempts: m.attempts,
        created_at: m.createdAt,
        sent_at: m.sentAt,
        gateway: m.gateway,
        problem: m.problem,
      })
    },
  }
}

const messageOf = (row: Selectable<MessageRow>): Message => ({
  messageId: row.message_id,
  caseId: row.case_id as CaseId | null,
  kind: row.kind,
  channel: row.channel as Message['channel'],
  to: row.recipient,
  toName: row.recipient_name,
  accountId: row.account_id as AccountId | null,
  params: JSON.parse(row.params_json),
  state: row.state as MessageState,
  text: row.text,
  notBeforeAt: row.not_before_at,
  nextTryAt: row.next_try_at,
  attempts: row.attempts,
  createdAt: row.created_at,
  sentAt: row.sent_at,
  gateway: row.gateway,
  problem: row.problem,
})
