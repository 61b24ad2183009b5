import type { PushResult } from '../../../src-shared/api/sync.ts'
import type { CaseState } from '../../../src-shared/cases/case.ts'
import type { CodeBlock } from '../../../src-shared/cases/code-blocks.ts'
import type { RegisteredEvent } from '../../../src-shared/cases/events.ts'
import type { AccountId, CaseId, DeskId } from '../../../src-shared/ids.ts'
import type { Account } from '../../../src-shared/people/roles.ts'
import type { DesksReading, DesksWriting } from './desks.ts'

/**
 * Where the register lives, in words of the domain: nothing above this folder knows which database it is. Reading and
 * writing are different types; writes happen only inside `write`, one transaction at a time over all processes.
 */
export interface Store {
  readonly read: Reading
  /**
   * Committed when `work` resolves, undone when it throws. `work` must not wait for anything but the store, must not go on after
   * one of its statements failed, and may be run again from its beginning: where the database gave a transaction up that was
   * not its own fault, nothing of the first run remains but what `work` did outside.
   */
  write<T>(work: (tx: Writing) => Promise<T>): Promise<T>
  /**
   * Told after commits of other processes on the same register. It only wakes: it may be told late, twice, for nothing, or be
   * lost with a connection, so whoever listens also looks now and then.
   */
  onElsewhere(listener: (news: ReadonlySet<News>) => void): () => void
  close(): Promise<void>
}

/** What a commit concerned, as far as somebody waits for it. */
export type News = 'events' | 'reference' | 'messages' | 'sessions' | 'wipes'

export interface Reading {
  readonly register: RegisterReading
  readonly people: PeopleReading
  readonly outbox: OutboxReading
  readonly reference: ReferenceReading
  readonly calendars: CalendarsReading
  readonly desks: DesksReading
}
export interface Writing {
  readonly register: RegisterWriting
  readonly people: PeopleWriting
  readonly outbox: OutboxWriting
  readonly reference: ReferenceWriting
  readonly calendars: CalendarsWriting
  readonly desks: DesksWriting
}

export interface EventLine {
  readonly seq: number
  readonly line: string
}
export interface StoredCase {
  readonly state: CaseState
  readonly headHash: string
  readonly lastSeq: number
  readonly dueAt: number | null
}
export interface Publication {
  readonly caseId: CaseId
  readonly code: string
  readonly fieldId: string | null
  readonly agencyId: string | null
  readonly question: string
  readonly answer: string
  readonly publishedAt: number
}
export interface CaseFilter {
  /** Cases whose slip this agency holds, or on which its opinion is awaited. */
  readonly agencyId?: string
  readonly caseId?: string
  /** Stages to leave out. */
  readonly notStages?: readonly string[]
  readonly limit: number
}

/** What the events have come to: lists, due instants, what is public. Can be thrown away and folded anew. */
export interface CasesReading {
  case(caseId: string): Promise<StoredCase | null>
  caseByCode(code: string): Promise<StoredCase | null>
  casesByPhone(phone: string, limit: number): Promise<StoredCase[]>
  cases(filter: CaseFilter): Promise<StoredCase[]>
  /** Cases that are not over, by id, after the id. */
  openAfter(caseId: string, limit: number): Promise<StoredCase[]>
  /** Cases whose next step is due before the instant, earliest first. */
  dueBefore(instant: number, limit: number): Promise<{ caseId: CaseId; dueAt: number }[]>
  nextDueAt(): Promise<number | null>
  caseOfRecording(recordingId: string): Promise<CaseId | null>
  publications(filter: { text: string; fieldId?: string; offset: number; limit: number }): Promise<Publication[]>
  publication(code: string): Promise<Publication | null>
}
export interface CasesWriting extends CasesReading {
  putCase(row: StoredCase & { readonly phone: string }): Promise<void>
  setDue(caseId: string, dueAt: number | null): Promise<void>
  /** The agencies whose opinion on the case is awaited now. */
  setOpinions(caseId: string, agencyIds: readonly string[]): Promise<void>
  putRecording(recordingId: string, caseId: string): Promise<void>
  clearProjections(): Promise<void>
  putPublication(publication: Publication & { readonly folded: string }): Promise<void>
  removePublication(caseId: string): Promise<void>
}

/** The events themselves, the answers given for ever, and the numbers handed out. */
export interface RegisterReading extends CasesReading {
  lastSeq(): Promise<number>
  /** When the newest event was registered; null while there is none. */
  lastEventAt(): Promise<number | null>
  /** In order of `seq`, after the cursor. */
  eventsAfter(cursor: number, limit: number): Promise<EventLine[]>
  /** The lines after `cursor` up to `to`, which must be there, as NDJSON; UTF-8 where the database gives it out unread. */
  linesBetween(cursor: number, to: number): Promise<string | Uint8Array>
  eventsOfCase(caseId: string): Promise<EventLine[]>
  /** Of the event with this number; null where there is none. */
  hashOf(seq: number): Promise<string | null>
  answerOf(commandId: string): Promise<PushResult | null>
  nextN(deskId: string): Promise<number>
  codeBlocks(deskId: string, year: number): Promise<CodeBlock[]>
  /** The block in which a number of a year was leased, to whatever desk; null also for a number that is void. */
  blockOf(year: number, number: number): Promise<CodeBlock | null>
  isEmpty(): Promise<boolean>
  dayHeads(): Promise<{ day: string; firstSeq: number; lastSeq: number; head: string }[]>
}
export interface RegisterWriting extends RegisterReading, CasesWriting {
  /** The next numbers in commit order: taken from a one-row counter inside the transaction, so no number is skipped. */
  takeSeq(count: number): Promise<number>
  appendEvents(events: readonly { event: RegisteredEvent; at: number; day: string; line: string }[]): Promise<void>
  putDayHead(head: { day: string; firstSeq: number; lastSeq: number; head: string }): Promise<void>
  latestDayHead(): Promise<{ day: string; firstSeq: number; lastSeq: number; head: string } | null>
  putAnswer(deskId: DeskId, answer: PushResult, at: number): Promise<void>
  setNextN(deskId: DeskId, nextN: number, at: number): Promise<void>
  lastLeased(year: number): Promise<number | null>
  addCodeBlock(block: CodeBlock, at: number): Promise<void>
}

/** Who heard which bytes of a recording, and when (S4 Đ.11 k.1). */
export interface Listening {
  readonly at: number
  readonly accountId: string
  readonly recordingId: string
  readonly fromByte: number
  readonly toByte: number
}

export interface StoredAccount extends Account {
  readonly title: string
  readonly phone: string
  readonly passwordHash: string | null
  readonly isDisabled: boolean
}
export interface Session {
  readonly tokenHash: string
  readonly account: StoredAccount
  readonly deskId: DeskId | null
  readonly caseId: CaseId | null
  readonly expiresAt: number
}
export interface SlipLink {
  readonly linkHash: string
  readonly messageId: string
  readonly caseId: CaseId
  readonly accountId: AccountId
  readonly phone: string
  readonly expiresAt: number
}

export interface PeopleReading {
  accountByUsername(username: string): Promise<StoredAccount | null>
  account(accountId: string): Promise<StoredAccount | null>
  accountsOfRole(role: string): Promise<StoredAccount[]>
  hasAccounts(): Promise<boolean>
  listeningsTo(recordingId: string): Promise<Listening[]>
  /** Neither ended nor expired at the instant, and of an account that is not disabled. */
  liveSession(tokenHash: string, at: number): Promise<Session | null>
  hasLiveSession(accountId: string, at: number): Promise<boolean>
  /** Whether the person has ever signed in at this desk: their unsent commands may still come under another session. */
  hasWorkedAt(accountId: string, deskId: string): Promise<boolean>
  /** Who is not disabled and has ever signed in at this desk. */
  workersAt(deskId: string): Promise<StoredAccount[]>
  /** Who signed in at each desk last. */
  lastAtDesks(): Promise<{ deskId: DeskId; name: string }[]>
  link(linkHash: string, at: number): Promise<SlipLink | null>
}
export interface PeopleWriting extends PeopleReading {
  addListening(listening: Listening): Promise<void>
  putAccount(account: StoredAccount, at: number): Promise<void>
  openSession(session: Omit<Session, 'account'> & { accountId: AccountId; createdAt: number }): Promise<void>
  endSession(tokenHash: string, at: number, reason: string): Promise<void>
  endSessionsOf(accountId: string, at: number, reason: string): Promise<void>
  endSessionsAt(deskId: string, at: number, reason: string): Promise<void>
  putLink(link: SlipLink): Promise<void>
  removeLinksOfMessage(messageId: string): Promise<void>
  putOneTimeCode(code: { linkHash: string; codeHash: string; expiresAt: number; triesLeft: number }): Promise<void>
  /** Takes one try; null when there is no code, or its time or its tries are used up. */
  tryOneTimeCode(linkHash: string, at: number): Promise<{ codeHash: string; triesLeft: number } | null>
  removeOneTimeCode(linkHash: string): Promise<void>
}

export type MessageState = 'waiting' | 'sent' | 'failed' | 'replaced'
export interface Message {
  readonly messageId: string
  readonly caseId: CaseId | null
  readonly kind: string
  readonly channel: 'sms' | 'email' | 'zalo'
  readonly to: string
  readonly toName: string
  readonly accountId: AccountId | null
  readonly params: Readonly<Record<string, string | number>>
  readonly state: MessageState
  readonly text: string | null
  readonly notBeforeAt: number
  readonly nextTryAt: number
  readonly attempts: number
  readonly createdAt: number
  readonly sentAt: number | null
  readonly gateway: string | null
  readonly problem: string | null
}

export interface OutboxReading {
  newest(limit: number): Promise<Message[]>
  ofCase(caseId: string): Promise<Message[]>
  nextTryAt(): Promise<number | null>
}
export interface OutboxWriting extends OutboxReading {
  put(message: Message): Promise<void>
  /** Waiting messages whose time has come, earliest first. */
  due(at: number, limit: number): Promise<Message[]>
}

export interface ReferenceReading {
  revision(): Promise<number>
  part(part: string): Promise<string | null>
}
export interface ReferenceWriting extends ReferenceReading {
  putPart(part: string, bodyJson: string): Promise<void>
  raiseRevision(): Promise<number>
}

/** Entries that a person put into a calendar: never edited, never taken away (D14). */
export interface CalendarChange {
  readonly changeId: string
  readonly calendarId: string
  readonly accountId: string
  readonly knownAt: number
  /** Of the reference, after the change. */
  readonly revision: number
  /** The last event before it. */
  readonly seq: number
  readonly entriesJson: string
  /** Open cases counted anew; null until that is done. */
  readonly recounted: number | null
}

export interface CalendarsReading {
  change(changeId: string): Promise<CalendarChange | null>
  /** All of them, in the order in which they were entered. */
  changes(): Promise<CalendarChange[]>
  newestKnownAt(): Promise<number | null>
  /** Known up to an instant, and the open clocks not yet counted by them. */
  unfinished(until: number): Promise<CalendarChange[]>
  /** How many cases were counted anew after an event, whoever did it. */
  recountedAfter(seq: number): Promise<number>
}
export interface CalendarsWriting extends CalendarsReading {
  /** @throws Error for a second change of the same id, or of the same second. */
  addChange(change: CalendarChange): Promise<void>
  /** Once; what was counted first stays. */
  setRecounted(changeId: string, recounted: number): Promise<void>
}
