import { z } from 'zod'
import {
  calendarChangedSchema,
  calendarChangeSchema,
  calendarChangesSchema,
  calendarEntriesSchema,
  calendarPreviewSchema,
  printedReportSchema,
  reportQuerySchema,
  whatIfAnswerSchema,
  whatIfSchema,
} from './api/deadlines.ts'
import { deskNameSchema, desksSchema, wipeOrderSchema } from './api/desks.ts'
import { messagesSchema } from './api/messages.ts'
import { queueSnapshotSchema } from './api/queue.ts'
import { lineSettingsSchema } from './api/session.ts'
import { referenceSchema } from './api/sync.ts'
import type { CaseState } from './cases/case.ts'
import { commandNames } from './cases/commands.ts'
import { refusalSchema } from './cases/refusals.ts'
import { caseRowSchema, clockViewSchema, proofLineSchema, recordingRowSchema, syncStateSchema } from './cases/views.ts'
import { watchMarkSchema } from './cases/watched.ts'
import { agencyIdSchema, caseIdSchema, deskIdSchema, instantSchema, recordingIdSchema } from './ids.ts'
import { accountSchema } from './people/roles.ts'

/**
 * Windows ↔ desk: the whole contract. A window makes **calls**; the desk makes **announcements**. The same messages cross
 * a MessagePort (Electron) and a WebSocket (browser host); both ends parse what they receive.
 */

/** What the status bar says; announced whenever it changes. */
export const deskStateSchema = z.object({
  deskId: deskIdSchema,
  account: accountSchema.nullable(),
  provinceName: z.string().nullable(),
  link: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('connected'), sinceAt: instantSchema }),
    z.object({ kind: z.literal('connecting') }),
    z.object({ kind: z.literal('offline'), sinceAt: instantSchema, why: z.string() }),
    /** The server speaks another protocol: unsent work is kept, the words say who must update. */
    z.object({
      kind: z.literal('incompatible'),
      serverVersion: z.string(),
      serverProtocol: z.int(),
      update: z.enum(['desk', 'server']),
    }),
    /** The session was ended by the server; what is typed stays. */
    z.object({ kind: z.literal('signed-out') }),
  ]),
  lastSyncAt: instantSchema.nullable(),
  /** What the desk is doing to have the register whole; null when it has, as far as it knows. */
  progress: z
    .discriminatedUnion('kind', [
      /** The first sync: parts of the snapshot, then events. */
      z.object({ kind: z.literal('snapshot'), done: z.int(), total: z.int() }),
      z.object({ kind: z.literal('events'), done: z.int(), total: z.int() }),
      /** Cases that a search does not find yet (S34). */
      z.object({ kind: z.literal('indexing'), left: z.int() }),
    ])
    .nullable(),
  /** What the desk may keep of the register (S23). */
  holds: z.enum(['register', 'nothing']),
  /** Commands waiting to be sent, and refused ones waiting for a person. */
  waiting: z.int().nonnegative(),
  attention: z.int().nonnegative(),
  /** When the oldest of those that wait was made. */
  waitingSinceAt: instantSchema.nullable(),
  /** Nothing can be written: what was acknowledged is safe, what is on the screen is not kept yet. */
  isDiskFull: z.boolean(),
  /** The server's clock minus this computer's, milliseconds. */
  clockOffsetMs: z.number(),
  /** Receipt codes left for work without a link. */
  codesLeft: z.int().nonnegative(),
  recordings: z.object({
    count: z.int(),
    waitingUpload: z.int(),
    sizeBytes: z.number(),
    freeBytes: z.number().nullable(),
  }),
  /** Words about a local database that was set aside and rebuilt, or null. */
  notice: z.object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) }).nullable(),
})
export type DeskState = z.infer<typeof deskStateSchema>

/** A case as the case view shows it. `state` is the fold; it is produced by our own `apply` and not parsed again. */
export const caseDetailSchema = z.object({
  state: z.custom<CaseState>((value) => typeof value === 'object' && value !== null && 'stage' in value),
  row: caseRowSchema,
  events: z.array(
    z.object({
      /** Confirmed events carry their number; predicted ones do not. */
      event: z.unknown(),
      seq: z.int().nullable(),
      sync: syncStateSchema,
      text: z.string(),
    }),
  ),
  clock: clockViewSchema.nullable(),
  /** The clock's working, line by line, up to now. */
  proof: z.array(proofLineSchema),
  recordings: z.array(recordingRowSchema),
  /** Commands this account may give now; the others with the reason they are closed. */
  available: z.array(z.enum(commandNames as [string, ...string[]])),
})
export type CaseDetail = z.infer<typeof caseDetailSchema>

/** Saved views of the case list (ui.md). */
export const caseViews = [
  'mine',
  'all',
  'due-soon',
  'late',
  'to-tell',
  'to-publish',
  'competence',
  'returned',
  'open',
] as const
export const caseViewSchema = z.enum(caseViews)
export type CaseView = z.infer<typeof caseViewSchema>

/** A form somebody has not finished; `form` belongs to the window and is kept as it is. */
export const draftSchema = z.object({
  draftId: z.string().min(1).max(80),
  form: z.record(z.string(), z.unknown()),
  code: z.string().nullable(),
  savedAt: instantSchema,
})
export type Draft = z.infer<typeof draftSchema>

export const articleHitSchema = z.object({
  id: z.string(),
  version: z.int(),
  title: z.string(),
  excerpt: z.string(),
  fieldId: z.string(),
  source: z.string(),
  validFrom: z.string(),
  isExpired: z.boolean(),
})
export type ArticleHit = z.infer<typeof articleHitSchema>

const nothing = z.object({})
const call = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) => ({ input, output })

export const bridgeCalls = {
  'desk.state': call(nothing, deskStateSchema),
  'desk.dismissNotice': call(nothing, nothing),
  'session.signIn': call(
    z.object({ username: z.string().trim().min(1), password: z.string().min(1) }),
    z.object({ account: accountSchema, isOffline: z.boolean() }),
  ),
  'session.signOut': call(nothing, nothing),
  /** Null when the account has no line, or the server has not been reached since it was given one. */
  'session.line': call(nothing, z.object({ line: lineSettingsSchema.nullable() })),

  'reference.get': call(nothing, z.object({ reference: referenceSchema.nullable() })),

  'cases.list': call(
    z.object({
      view: caseViewSchema,
      text: z.string().max(200).default(''),
      offset: z.int().nonnegative().default(0),
      limit: z.int().min(1).max(500).default(100),
    }),
    z.object({ rows: z.array(caseRowSchema), total: z.int(), counts: z.partialRecord(caseViewSchema, z.int()) }),
  ),
  'cases.get': call(z.object({ caseId: caseIdSchema }), z.object({ detail: caseDetailSchema.nullable() })),
  /** A list that somebody watches over, oldest first; for `held` the slips of one agency. */
  'cases.watched': call(
    z.object({
      mark: watchMarkSchema,
      agencyId: agencyIdSchema.nullable().default(null),
      limit: z.int().min(1).max(500).default(100),
    }),
    z.object({ rows: z.array(caseRowSchema), total: z.int() }),
  ),
  /** The last 20 cases of a number, newest first, and the name and address last given with it. */
  'cases.byPhone': call(
    z.object({ phone: z.string().max(40) }),
    z.object({
      citizen: z.object({ name: z.string(), address: z.string(), email: z.string() }).nullable(),
      total: z.int(),
      rows: z.array(caseRowSchema),
    }),
  ),
  /** Ctrl+K: a code (also mistyped), a number, a name, words; articles too. */
  'find.anything': call(
    z.object({ text: z.string().max(200) }),
    z.object({
      cases: z.array(caseRowSchema),
      articles: z.array(articleHitSchema),
      /** Set when the text looks like a code with a slip of the finger. */
      codeProblem: z.object({ problem: z.string(), suggestions: z.array(z.string()) }).nullable(),
    }),
  ),
  /**
   * Gives a command. `caseId` null opens a case. Predicted at once by the same rules as the server's; the outcome says
   * whether the register has it yet. A refusal is a value and loses nothing.
   */
  'cases.command': call(
    z.object({
      caseId: caseIdSchema.nullable(),
      name: z.enum(commandNames as [string, ...string[]]),
      input: z.unknown(),
    }),
    z.discriminatedUnion('outcome', [
      z.object({
        outcome: z.literal('done'),
        caseId: caseIdSchema,
        code: z.string(),
        sync: syncStateSchema,
        clock: clockViewSchema.nullable(),
      }),
      refusalSchema.extend({ outcome: z.literal('refused') }),
      z.object({
        outcome: z.literal('invalid'),
        problems: z.array(z.object({ path: z.string(), message: z.string() })),
      }),
    ]),
  ),
  /** The next receipt code of this desk, kept for the draft until it is used or the draft is discarded. */
  'codes.reserve': call(z.object({ draftId: z.string() }), z.object({ code: z.string().nullable() })),
  /** "What may I promise": when a slip sent now to this agency would be due, with the working. */
  'deadlines.preview': call(
    z.object({ agencyId: agencyIdSchema }),
    z.object({
      startsAt: instantSchema,
      dueAt: instantSchema,
      spoken: z.string(),
      isOpenNow: z.boolean(),
      proof: z.array(proofLineSchema),
    }),
  ),

  /** What entering these days would move, and entering them; both need the link (D14). */
  'calendars.preview': call(calendarEntriesSchema, calendarPreviewSchema),
  'calendars.changes': call(z.object({ calendarId: z.string().min(1).max(60) }), calendarChangesSchema),
  'calendars.change': call(calendarChangeSchema, calendarChangedSchema),
  'reports.deadlines': call(reportQuerySchema, printedReportSchema),
  'whatIf.run': call(whatIfSchema, whatIfAnswerSchema),

  'drafts.save': call(draftSchema.omit({ savedAt: true }), z.object({ savedAt: instantSchema })),
  'drafts.list': call(nothing, z.object({ drafts: z.array(draftSchema) })),
  'drafts.discard': call(z.object({ draftId: z.string() }), nothing),

  'knowledge.search': call(
    z.object({ text: z.string().max(400), fieldId: z.string().nullable().default(null) }),
    z.object({ hits: z.array(articleHitSchema) }),
  ),

  /** What has not reached the server, and why; and what it refused, with the person's words. */
  'outbox.list': call(
    nothing,
    z.object({
      items: z.array(
        z.object({
          commandId: z.string(),
          caseId: caseIdSchema,
          code: z.string().nullable(),
          name: z.string(),
          madeAt: instantSchema,
          /** `sent`: the register has taken it, its events are on their way back. */
          state: z.enum(['waiting', 'sending', 'sent', 'attention']),
          refusal: refusalSchema.nullable(),
          actorName: z.string(),
          input: z.unknown(),
        }),
      ),
      /** What the server changed in what this desk had predicted, newest first. */
      differences: z.array(z.object({ caseId: caseIdSchema, code: z.string(), at: instantSchema, text: z.string() })),
    }),
  ),
  'outbox.dismiss': call(z.object({ commandId: z.string() }), nothing),
  /** The desks of the province and what becomes of one that was lost (S26, S39); all need the link. */
  'desks.list': call(nothing, desksSchema),
  'desks.name': call(deskNameSchema.extend({ deskId: deskIdSchema }), nothing),
  'desks.wipe': call(wipeOrderSchema.extend({ deskId: deskIdSchema }), nothing),
  /** The server's messages to people outside; needs the link. */
  'messages.list': call(nothing, messagesSchema.extend({ isStale: z.boolean() })),

  'queue.snapshot': call(
    nothing,
    z.object({ snapshot: queueSnapshotSchema.nullable(), receivedAt: instantSchema.nullable(), isLive: z.boolean() }),
  ),
  'queue.setState': call(
    z.object({ state: z.enum(['ready', 'break']), reason: z.string().max(60).optional() }),
    nothing,
  ),

  'recordings.begin': call(
    z.object({
      callId: z.string(),
      number: z.string(),
      direction: z.enum(['in', 'out']),
      startedAt: instantSchema,
      mimeType: z.string(),
    }),
    z.object({ recordingId: recordingIdSchema }),
  ),
  'recordings.append': call(
    z.object({ recordingId: recordingIdSchema, index: z.int().nonnegative(), base64: z.string() }),
    nothing,
  ),
  'recordings.mark': call(
    z.object({
      recordingId: recordingIdSchema,
      kind: z.enum(['pause', 'resume']),
      at: instantSchema,
      reason: z.string().max(200),
    }),
    nothing,
  ),
  'recordings.finish': call(
    z.object({ recordingId: recordingIdSchema, durationMs: z.int().nonnegative() }),
    recordingRowSchema,
  ),
  /** The playable file, from the vault or, for another desk's call, from the server. Listening is logged. */
  'recordings.read': call(
    z.object({ recordingId: recordingIdSchema, caseId: caseIdSchema.nullable().default(null) }),
    z.object({ mimeType: z.string(), base64: z.string(), durationMs: z.int() }),
  ),
  'recordings.list': call(
    z.object({ caseId: caseIdSchema.nullable() }),
    z.object({ recordings: z.array(recordingRowSchema) }),
  ),
} as const

export type BridgeCall = keyof typeof bridgeCalls
export type BridgeInput<C extends BridgeCall> = z.input<(typeof bridgeCalls)[C]['input']>
export type BridgeOutput<C extends BridgeCall> = z.output<(typeof bridgeCalls)[C]['output']>

export const announcements = {
  'desk.state': deskStateSchema,
  /** Cases to read again; an empty list means all. */
  'cases.changed': z.object({ caseIds: z.array(caseIdSchema) }),
  'reference.changed': z.object({ revision: z.int() }),
  'queue.changed': z.object({ snapshot: queueSnapshotSchema, receivedAt: instantSchema }),
  'outbox.changed': nothing,
  'messages.changed': nothing,
  'recordings.changed': nothing,
} as const
export type Announcement = keyof typeof announcements
export type AnnouncementData<A extends Announcement> = z.output<(typeof announcements)[A]>

/** On the wire. */
export const callMessageSchema = z.object({
  id: z.int(),
  call: z.enum(Object.keys(bridgeCalls) as [BridgeCall, ...BridgeCall[]]),
  input: z.unknown(),
})
export const replyMessageSchema = z.union([
  z.object({ id: z.int(), ok: z.literal(true), value: z.unknown() }),
  z.object({ id: z.int(), ok: z.literal(false), error: z.object({ code: z.string(), message: z.string() }) }),
])
export const announcementMessageSchema = z.object({
  announce: z.enum(Object.keys(announcements) as [Announcement, ...Announcement[]]),
  data: z.unknown(),
})
