import type { WhatIf, WhatIfAnswer } from '../../../src-shared/api/deadlines.ts'
import type { RegisteredEvent } from '../../../src-shared/cases/events.ts'
import { secondsOf } from '../../../src-shared/cases/rule.ts'
import { fromIso, toIso } from '../../../src-shared/deadlines/instants.ts'
import {
  type CaseOutcome,
  countOutcome,
  isSameOutcome,
  noOutcomes,
  type OtherRules,
  type RulesThen,
  replayCase,
} from '../../../src-shared/deadlines/what-if.ts'
import { otherHours, ruleHours } from '../../../src-shared/deadlines/what-if-hours.ts'
import type { Clock } from '../clock.ts'
import type { Store } from '../store/store.ts'
import type { LiveReference } from '../sync/open-reference.ts'
import { pastCases } from './past-cases.ts'

export interface WhatIfParts {
  /** Only ever read. */
  readonly store: Pick<Store, 'read'>
  readonly reference: LiveReference
  readonly clock: Clock
}

const mostShown = 1_000

/** A dry run of other rules over the cases opened in a period; the register is read, and nothing is written. */
export async function runWhatIf(asked: WhatIf, { store, reference, clock }: WhatIfParts): Promise<WhatIfAnswer> {
  const { register } = store.read
  const now = clock.now()
  const seq = await register.lastSeq()
  // One book for the whole run: calendars may be entered while it lasts.
  const { calendars, directory } = reference.reference
  const was: RulesThen = { hours: ruleHours(reference.hours), policyOf: (openedAt) => reference.policyOf(openedAt) }
  const answer: WhatIfAnswer = {
    seq,
    asOf: toIso(now),
    cases: 0,
    before: noOutcomes(),
    after: noOutcomes(),
    differing: [],
    differingTotal: 0,
    problems: [],
  }
  const isSame = asked.entries === undefined && asked.otherCalendar === undefined
  const opened = isSame ? ({ ok: true, hours: was.hours } as const) : otherHours(calendars, directory, asked)
  if (!opened.ok) return { ...answer, problems: opened.problems }

  const other: OtherRules = { hours: opened.hours, ...termsOf(asked) }
  const [from, to] = [fromIso(asked.openedFrom), fromIso(asked.openedTo)]
  const isOfPeriod = ([first]: readonly RegisteredEvent[]) => from <= fromIso(first!.at) && fromIso(first!.at) < to
  // No slip is received before its case is opened.
  for await (const journal of pastCases(register, seq, (received) => fromIso(received.at) >= from)) {
    if (!isOfPeriod(journal)) continue
    const replayed = replayCase(journal, was, other, now)!
    answer.cases += 1
    countOutcome(answer.before, replayed.before)
    countOutcome(answer.after, replayed.after)
    if (isSameOutcome(replayed.before, replayed.after)) continue
    answer.differingTotal += 1
    if (answer.differing.length >= mostShown) continue
    const { id: caseId, code } = replayed.state
    answer.differing.push({ caseId, code, before: spoken(replayed.before), after: spoken(replayed.after) })
  }
  return answer
}

function termsOf({ focalOfficerWorkingHours, headWorkingHours, headReading }: WhatIf): Omit<OtherRules, 'hours'> {
  return {
    ...(focalOfficerWorkingHours === undefined ? {} : { focalOfficerSeconds: secondsOf(focalOfficerWorkingHours) }),
    ...(headWorkingHours === undefined ? {} : { headSeconds: secondsOf(headWorkingHours) }),
    ...(headReading === undefined ? {} : { headReading }),
  }
}

const spoken = ({ level, dueAt, isLate }: CaseOutcome) => ({
  level,
  dueAt: dueAt === null ? null : toIso(dueAt),
  isLate,
})
