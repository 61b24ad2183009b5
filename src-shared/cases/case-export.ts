import { z } from 'zod'
import { fromIso } from '../deadlines/instants.ts'
import { instantSchema } from '../ids.ts'
import type { Directory } from '../province/directory.ts'
import type { OfficeHours } from '../province/hours.ts'
import { fold } from './apply.ts'
import { canonicalJson, type Sha256Hex } from './chain.ts'
import { clockStatement, clockStatementSchema } from './clock-statement.ts'
import type { RegisteredEvent } from './events.ts'

export const CASE_FILE_FORMAT = 'ban-truc-1022/case/2'

/**
 * A case as evidence (S4 Đ.7, #41): its events with their chain, the rules its clock was counted by, and what that clock
 * said. A stranger recomputes all of it from this file alone (`verifyCaseFile`).
 */
export const caseFileSchema = z.object({
  format: z.literal(CASE_FILE_FORMAT),
  exportedAt: instantSchema,
  provinceId: z.string(),
  provinceName: z.string(),
  code: z.string(),
  /** The hash of the last event. Who holds it from elsewhere (a receipt, the day's chain) knows that no event was cut off. */
  headHash: z.string(),
  /** As registered; parsed one by one, so that the first that is wrong can be named. */
  events: z.array(z.unknown()).min(1).readonly(),
  /** The agencies that the events name. */
  agencies: z.array(z.object({ id: z.string(), name: z.string(), calendarId: z.string() })),
  /** Their calendars, with those they inherit from. */
  calendars: z.array(z.unknown()),
  /** Every version of the province's policy pack. */
  policies: z.array(z.unknown()).min(1).readonly(),
  /** At `exportedAt`. */
  clock: clockStatementSchema,
  /** SHA-256 of the canonical JSON of all other fields. It shows a slip of the hand; a signature it is not. */
  fileHash: z.string(),
})
export type CaseFile = z.infer<typeof caseFileSchema>

export interface CaseFileParts {
  readonly exportedAt: string
  readonly provinceId: string
  readonly provinceName: string
  readonly headHash: string
  readonly events: readonly RegisteredEvent[]
  readonly agencies: Directory['agencies']
  readonly calendars: readonly unknown[]
  readonly policies: readonly unknown[]
  readonly hours: OfficeHours
}

/** The file of one case. @throws Error for a journal that cannot be folded: the register is broken. */
export function makeCaseFile(parts: CaseFileParts, sha256Hex: Sha256Hex): CaseFile {
  const { exportedAt, provinceId, provinceName, headHash, events, hours, policies } = parts
  const state = fold(events)
  if (state === null) throw new Error('a case without events cannot be exported')
  const agencies = parts.agencies
    .filter((agency) => namesAgency(events, agency.id))
    .map(({ id, name, calendarId }) => ({ id, name, calendarId }))
  const file = {
    format: CASE_FILE_FORMAT,
    exportedAt,
    provinceId,
    provinceName,
    code: state.code,
    headHash,
    events,
    agencies,
    calendars: neededCalendars(
      parts.calendars,
      agencies.map((agency) => agency.calendarId),
    ),
    policies,
    clock: clockStatement(state, hours, agencyNames(agencies), fromIso(exportedAt)),
  } as const
  return { ...file, fileHash: fileHash(file, sha256Hex) }
}

export function fileHash(file: object, sha256Hex: Sha256Hex): string {
  const { fileHash: _fileHash, ...rest } = file as Partial<CaseFile>
  return sha256Hex(canonicalJson(rest))
}

export function agencyNames(agencies: CaseFile['agencies']): (agencyId: string) => string {
  const names = new Map(agencies.map(({ id, name }) => [id, name]))
  return (agencyId) => names.get(agencyId) ?? agencyId
}

function namesAgency(value: unknown, agencyId: string): boolean {
  if (typeof value !== 'object' || value === null) return value === agencyId
  return Object.values(value).some((each) => namesAgency(each, agencyId))
}

/** The calendars of these ids and, one after the other, those they inherit from. */
function neededCalendars(calendars: readonly unknown[], ids: readonly string[]): unknown[] {
  const needed = new Set<string | undefined>(ids)
  const named = calendars as readonly { id: string; inherits?: string }[]
  for (const id of needed) needed.add(named.find((calendar) => calendar.id === id)?.inherits)
  return named.filter((calendar) => needed.has(calendar.id))
}
