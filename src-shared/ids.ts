import { z } from 'zod'

// Branded, so that a slip's agency is never passed where a case is meant.
const id = <B extends string>() => z.string().min(1).max(80).brand<B>()

export const caseIdSchema = id<'CaseId'>()
export const commandIdSchema = id<'CommandId'>()
export const deskIdSchema = id<'DeskId'>()
export const accountIdSchema = id<'AccountId'>()
export const agencyIdSchema = id<'AgencyId'>()
export const recordingIdSchema = id<'RecordingId'>()

export type CaseId = z.infer<typeof caseIdSchema>
export type CommandId = z.infer<typeof commandIdSchema>
export type DeskId = z.infer<typeof deskIdSchema>
export type AccountId = z.infer<typeof accountIdSchema>
export type AgencyId = z.infer<typeof agencyIdSchema>
export type RecordingId = z.infer<typeof recordingIdSchema>

/** An instant as RFC 3339 text with an offset, e.g. `2026-09-03T16:00:00+07:00` or `…Z`. */
export const instantSchema = z.iso.datetime({ offset: true })
export type InstantText = z.infer<typeof instantSchema>
