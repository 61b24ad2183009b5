import type { z } from 'zod'
import { openCalendarBook } from '../deadlines/calendar-book.ts'
import { fromIso } from '../deadlines/instants.ts'
import { type Policy, parsePolicy } from '../deadlines/policy.ts'
import type { Directory } from '../province/directory.ts'
import { type OfficeHours, openOfficeHours } from '../province/hours.ts'
import { apply } from './apply.ts'
import type { CaseState } from './case.ts'
import { agencyNames, CASE_FILE_FORMAT, type CaseFile, caseFileSchema, fileHash } from './case-export.ts'
import { type CaseFileTrouble, differs, firstDifference, shapeTrouble } from './case-file-trouble.ts'
import { type Sha256Hex, verifyChain } from './chain.ts'
import { type ClockStatement, clockStatement } from './clock-statement.ts'
import { parseRegisteredEvent, type RegisteredEvent } from './events.ts'
import { statedFacts } from './stated-facts.ts'

export type VerifiedCaseFile =
  | {
      readonly ok: true
      readonly code: string
      readonly headHash: string
      readonly events: number
      readonly clock: ClockStatement
    }
  | { readonly ok: false; readonly trouble: CaseFileTrouble }

/**
 * Checks an exported case as a stranger would (#41, D14), with nothing but the file: the chain of its events, every instant
 * and amount that the events state, and the clock and the working that the file states.
 */
export function verifyCaseFile(json: unknown, sha256Hex: Sha256Hex): VerifiedCaseFile {
  const refuse = (trouble: CaseFileTrouble) => ({ ok: false, trouble }) as const
  const format = (json as { format?: unknown } | null)?.format
  if (format !== CASE_FILE_FORMAT) {
    const params = { format: JSON.stringify(format) ?? '–', wanted: CASE_FILE_FORMAT }
    return refuse({ place: 'format', key: 'case-file.wrong-format', params })
  }
  const parsed = caseFileSchema.safeParse(json)
  if (!parsed.success) return refuse(shapeTrouble('', parsed.error))
  const file = parsed.data
  const events = readEvents(file.events, sha256Hex)
  if ('trouble' in events) return refuse(events.trouble)
  const rules = readRules(file, events.events)
  if ('trouble' in rules) return refuse(rules.trouble)
  const told = tell(file, events.events, rules)
  if ('trouble' in told) return refuse(told.trouble)
  const { clock } = told
  const { head } = events
  const trouble =
    firstDifference('code', file.code, told.state.code) ??
    firstDifference('headHash', file.headHash, head) ??
    firstDifference('clock', file.clock, clock)
  if (trouble !== null) return refuse(trouble)
  if (file.fileHash !== fileHash(json as object, sha256Hex)) {
    return refuse({ place: 'fileHash', key: 'case-file.file-hash', params: {} })
  }
  return { ok: true, code: file.code, headHash: head, events: events.events.length, clock }
}

function readEvents(
  raw: readonly unknown[],
  sha256Hex: Sha256Hex,
): { events: RegisteredEvent[]; head: string } | { trouble: CaseFileTrouble } {
  const events: RegisteredEvent[] = []
  let malformed: CaseFileTrouble | null = null
  for (const [index, each] of raw.entries()) {
    try {
      events.push(parseRegisteredEvent(each))
    } catch (failure) {
      malformed = shapeTrouble(`events[${index}]`, failure as z.ZodError)
      break
    }
  }
  // Hashed as they lie there: what parsing would leave out was not in the register either.
  const verdict = verifyChain(raw.slice(0, events.length) as RegisteredEvent[], sha256Hex)
  if (verdict.ok) return malformed === null ? { events, head: verdict.head } : { trouble: malformed }
  // Up to the first gap an event's number is its place.
  const gapAt = events.findIndex((each, i) => each.caseSeq !== i + 1 || each.caseId !== events[0]!.caseId)
  const index = verdict.problem === 'gap' ? gapAt : verdict.caseSeq - 1
  return { trouble: { place: placeOf(events, index), key: `case-file.chain-${verdict.problem}`, params: {} } }
}

interface Rules {
  readonly policy: Policy
  readonly hours: OfficeHours
}

function readRules(file: CaseFile, events: readonly RegisteredEvent[]): Rules | { trouble: CaseFileTrouble } {
  const where = (index: number) => `calendars[${index}]`
  const book = openCalendarBook(file.calendars.map((json, index) => ({ where: where(index), json })))
  if (!book.ok) {
    const [problem] = book.problems
    return { trouble: { place: problem!.path, key: 'case-file.wrong-shape', params: {}, calendarProblem: problem! } }
  }
  const lost = file.agencies.findIndex((agency) => !book.book.ids.includes(agency.calendarId))
  if (lost >= 0) {
    const { calendarId } = file.agencies[lost]!
    return { trouble: differs(`agencies[${lost}].calendarId`, calendarId, book.book.ids) }
  }
  const policies: Policy[] = []
  for (const [index, json] of file.policies.entries()) {
    const parsed = parsePolicy(json)
    if (!parsed.ok) {
      const { path, message } = parsed.problems[0]!
      return {
        trouble: { place: `policies[${index}].${path}`, key: 'case-file.wrong-shape', params: { reason: message } },
      }
    }
    policies.push(parsed.policy)
  }
  const [opening] = events
  const named = opening?.name === 'case.opened' ? opening.data.policy : null
  const policy = policies.find((each) => each.id === named?.id && each.version === named.version)
  if (policy === undefined) {
    const params = { policy: named === null ? '–' : `${named.id} ${named.version}` }
    return { trouble: { place: placeOf(events, 0), key: 'case-file.no-policy', params } }
  }
  // Of an agency only its id and its calendar are read.
  const directory = { agencies: file.agencies as unknown as Directory['agencies'] }
  return { policy, hours: openOfficeHours(file.calendars, directory) }
}

/** Folds the journal, holds every instant and amount that an event states against what comes out, and reads the clock. */
function tell(
  file: CaseFile,
  events: readonly RegisteredEvent[],
  rules: Rules,
): { state: CaseState; clock: ClockStatement } | { trouble: CaseFileTrouble } {
  let state: CaseState | null = null
  let place = ''
  try {
    for (const [index, event] of events.entries()) {
      place = placeOf(events, index)
      for (const { field, stated, computed } of statedFacts(state, event, rules)) {
        const trouble = firstDifference(`${place} data.${field}`, stated, computed)
        if (trouble !== null) return { trouble }
      }
      state = apply(state, event)
    }
    place = 'clock'
    const clock = clockStatement(state!, rules.hours, agencyNames(file.agencies), fromIso(file.exportedAt))
    return { state: state!, clock }
  } catch (failure) {
    // A journal that cannot be folded, an agency that has no calendar, an instant beyond the calendar's years.
    return { trouble: { place, key: 'case-file.impossible', params: { reason: (failure as Error).message } } }
  }
}

function placeOf(events: readonly RegisteredEvent[], index: number): string {
  return `events[${index}] (${events[index]?.name ?? '?'})`
}
