import { z } from 'zod'
import { agencyIdSchema, caseIdSchema, instantSchema, recordingIdSchema } from '../ids.ts'
import { caseKindSchema, channelSchema } from './case.ts'
import { caseStageSchema } from './lifecycle.ts'

/** The clock as a list needs it. What is left is counted at the screen, from `dueAt` and the calendar, as it ticks. */
export const clockViewSchema = z.object({
  state: z.enum(['running', 'stopped', 'ended']),
  level: z.enum(['focal-officer', 'head', 'office']),
  agencyId: agencyIdSchema,
  calendarId: z.string(),
  startedAt: instantSchema,
  /** Null where no time is set (the provincial office). */
  dueAt: instantSchema.nullable(),
  endedAt: instantSchema.nullable(),
  isLate: z.boolean(),
  /** D14: when it would have been due by the calendars as corrected since; null where that is the same. */
  correctedDueAt: instantSchema.nullable(),
  /** Not yet confirmed by the server. */
  isProvisional: z.boolean(),
})
export type ClockView = z.infer<typeof clockViewSchema>

/** Whether the register has it: `confirmed`; on its way: `waiting`; refused and waiting for a person: `attention`. */
export const syncStateSchema = z.enum(['confirmed', 'waiting', 'attention'])

export const caseRowSchema = z.object({
  caseId: caseIdSchema,
  code: z.string(),
  stage: caseStageSchema,
  kind: caseKindSchema,
  channel: channelSchema,
  fieldId: z.string().nullable(),
  areaId: z.string().nullable(),
  /** The beginning of the content, at most 200 characters. */
  excerpt: z.string(),
  citizenName: z.string(),
  phone: z.string(),
  isUrgent: z.boolean(),
  isLate: z.boolean(),
  agencyId: agencyIdSchema.nullable(),
  resolvedLevel: z.int().nullable(),
  openedAt: instantSchema,
  updatedAt: instantSchema,
  clock: clockViewSchema.nullable(),
  sync: syncStateSchema,
})
export type CaseRow = z.infer<typeof caseRowSchema>

/** One line of the clock's working, ready to read. */
export const proofLineSchema = z.object({
  fromAt: instantSchema,
  toAt: instantSchema,
  workingSeconds: z.int().nonnegative(),
  kind: z.string(),
  text: z.string(),
})

export const recordingRowSchema = z.object({
  recordingId: recordingIdSchema,
  callId: z.string(),
  startedAt: instantSchema,
  durationMs: z.int().nonnegative(),
  sizeBytes: z.int().nonnegative(),
  /** Where it is: only here, on its way, or countersigned by the server. */
  state: z.enum(['recording', 'finished', 'salvaged', 'uploaded', 'damaged', 'remote']),
  caseId: caseIdSchema.nullable(),
  gaps: z.int().nonnegative(),
})
export type RecordingRow = z.infer<typeof recordingRowSchema>
