import type { Generated } from 'kysely'

/** Tables as Kysely sees them. Instants are epoch milliseconds; `*_json` holds canonical JSON text. */
export interface Schema {
  counters: { name: string; value: number }
  events: EventRow
  day_chain: { day: string; first_seq: number; last_seq: number; head: string }
  answers: { command_id: string; desk_id: string; n: number; answer_json: string; answered_at: number }
  desks: DeskTableRow
  desk_wipes: DeskWipeRow
  code_blocks: CodeBlockRow
  cases: CaseTableRow
  /** Agencies whose opinion on a case is asked and has not come. */
  case_opinions: { agency_id: string; case_id: string }
  case_recordings: { recording_id: string; case_id: string }
  listenings: { at: number; account_id: string; recording_id: string; from_byte: number; to_byte: number }
  accounts: AccountRow
  sessions: SessionRow
  slip_links: SlipLinkRow
  one_time_codes: { link_hash: string; code_hash: string; expires_at: number; tries_left: number }
  messages: MessageRow
  reference_parts: { part: string; body_json: string }
  publications: PublicationRow
  calendar_changes: CalendarChangeRow
}

export interface EventRow {
  seq: number
  case_id: string
  case_seq: number
  name: string
  at: number
  day: string
  command_id: string
  hash: string
  /** The whole registered event, canonical: what is streamed to desks and exported, byte for byte. */
  line: string
}

/** What a desk said at its last meeting (S26); null where it has met none. */
export interface DeskTableRow {
  desk_id: string
  next_n: number
  seen_at: number
  name: Generated<string>
  version: Generated<string | null>
  protocol: Generated<number | null>
  /** Its cursor. */
  taken_seq: Generated<number | null>
  waiting: Generated<number | null>
  attention: Generated<number | null>
  waiting_since: Generated<number | null>
  clock_offset: Generated<number | null>
  told: Generated<number | null>
  met_at: Generated<number | null>
}

export interface DeskWipeRow {
  order_id: string
  desk_id: string
  reason: string
  ordered_at: number
  ordered_by: string
  done_at: number | null
  lost_commands: number | null
  lost_recordings: number | null
}

export interface CodeBlockRow {
  year: number
  from_number: number
  to_number: number
  desk_id: string
  leased_at: number
  /** The first that nobody was told, as the desk said last. */
  next_number: Generated<number | null>
  /** From here on its numbers are void: the desk was wiped. */
  void_from: Generated<number | null>
}

export interface CaseTableRow {
  case_id: string
  code: string
  stage: string
  agency_id: string | null
  field_id: string | null
  area_id: string | null
  channel: string
  is_late: number
  /** When the keeper must act next; null while nothing runs. */
  due_at: number | null
  phone: string
  opened_at: number
  updated_at: number
  last_seq: number
  version: number
  head_hash: string
  state_json: string
}

export interface AccountRow {
  account_id: string
  username: string
  name: string
  role: string
  agency_id: string | null
  title: string
  phone: string
  password_hash: string | null
  is_disabled: number
  created_at: number
}

export interface SessionRow {
  token_hash: string
  account_id: string
  desk_id: string | null
  /** Set when the session was opened by the link of one slip: it sees that slip and no other. */
  case_id: string | null
  created_at: number
  expires_at: number
  ended_at: number | null
  ended_reason: string | null
}

export interface SlipLinkRow {
  link_hash: string
  message_id: string
  case_id: string
  account_id: string
  phone: string
  expires_at: number
}

export interface MessageRow {
  message_id: string
  case_id: string | null
  kind: string
  channel: string
  recipient: string
  recipient_name: string
  account_id: string | null
  params_json: string
  state: string
  text: string | null
  not_before_at: number
  next_try_at: number
  attempts: number
  created_at: number
  sent_at: number | null
  gateway: string | null
  problem: string | null
}

export interface PublicationRow {
  case_id: string
  code: string
  field_id: string | null
  agency_id: string | null
  question: string
  answer: string
  published_at: number
  folded: string
}

export interface CalendarChangeRow {
  change_id: string
  calendar_id: string
  account_id: string
  /** When it was entered, to the second: the register's own time, and the `knownAt` of the entries. */
  known_at: number
  /** Of the reference, after the change. */
  revision: number
  /** The last event before it. */
  seq: number
  entries_json: string
  /** Open cases counted anew; null until that is done. */
  recounted: number | null
}
