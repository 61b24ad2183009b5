import type { Policy } from '../../src-shared/deadlines/policy.ts'
import type { WordKey } from '../../src-shared/words/words.ts'
import { type Say, sayCode } from '../session/words.ts'

export interface PolicyRow {
  readonly name: string
  readonly label: string
  readonly value: string
  /** The rule it comes from; null where the pack names none. */
  readonly source: string | null
}

type Shown = Exclude<keyof Policy, 'id' | 'version' | 'province' | 'validFrom' | 'sources'>

const amount = (value: number) => String(value).replace('.', ',')
const labels = (entries: readonly { label: string }[]) => entries.map(({ label }) => label).join('; ')

/** Every value of a pack in the words of a person, in the order in which a case meets them. */
const words: { readonly [K in Shown]: (value: Policy[K], say: Say) => string } = {
  focalOfficerWorkingHours: (value, say) => say('policy.hours', { hours: amount(value) }),
  headWorkingHours: (value, say) => say('policy.hours', { hours: amount(value) }),
  headReading: (value, say) => say(`policy.reading.${value}`),
  focalClockStopsOn: (value, say) => say(`policy.stops.${value}`),
  postponement: ({ max, maxWorkingHours, promiseCounts }, say) =>
    say('policy.postponementValue', {
      max,
      hours: amount(maxWorkingHours),
      promise: say(`policy.promise.${promiseCounts}`),
    }),
  supplement: ({ max, stopsClock, capWorkingHours }, say) =>
    stopsClock
      ? say('policy.supplementStops', { max, hours: amount(capWorkingHours) })
      : say('policy.supplementRuns', { max }),
  pause: ({ confirmWithinWorkingHours, confirmerRoles }, say) =>
    say('policy.pauseValue', {
      hours: amount(confirmWithinWorkingHours),
      roles: confirmerRoles.map((role) => sayCode(say, 'role', role)).join(', '),
    }),
  pauseReasons: (reasons, say) =>
    reasons.map(({ label, refused }) => (refused ? say('policy.pauseRefused', { label }) : label)).join('; '),
  consult: ({ defaultMaxWorkingHours, copyHomeAffairsFromReminder }, say) =>
    say('policy.consultValue', { hours: amount(defaultMaxWorkingHours), reminder: copyHomeAffairsFromReminder }),
  competence: ({ officeTargetWorkingHours, label }, say) =>
    `${say('policy.hours', { hours: amount(officeTargetWorkingHours) })} (${label})`,
  urgent: ({ targetWorkingHours, label }, say) =>
    `${say('policy.hours', { hours: amount(targetWorkingHours) })} (${label})`,
  bounceToOfficeAt: (value, say) => say('policy.times', { count: value }),
  remindersBeforeDueMinutes: ({ focalOfficer, head }, say) =>
    say('policy.remindersValue', { focalOfficer: minutesWords(focalOfficer, say), head: minutesWords(head, say) }),
  callAttemptAfterHours: (value, say) => say(`policy.attempt.${value}`),
  anonymous: ({ accept, hazards }, say) =>
    accept === 'hazards-only'
      ? `${say('policy.anonymous.hazards-only')}: ${labels(hazards)}`
      : say(`policy.anonymous.${accept}`),
  refusalReasons: labels,
  redirectCards: (cards) => cards.map(({ title }) => title).join('; '),
  lateCauses: labels,
  reopenWithinDays: (value, say) => say('policy.days', { count: value }),
  reopenCountsClosedTime: (value, say) => say(value ? 'policy.reopenCounts' : 'policy.reopenDoesNot'),
  onTimeRateBasis: (value, say) => say(`policy.basis.${value}`),
  publication: ({ redact, holdBack, reviewerRoles }, say) =>
    say('policy.publicationValue', {
      redact: redact.map((part) => sayCode(say, 'policy.redact', part)).join(', '),
      holdBack: labels(holdBack),
      roles: reviewerRoles.map((role) => sayCode(say, 'role', role)).join(', '),
    }),
  difficultiesGoTo: (value, say) => say(`policy.difficulties.${value}`),
  receiptCode: ({ digits }, say) => say('policy.receiptCodeValue', { digits }),
  clockToleranceMs: (value, say) => say('policy.seconds', { count: amount(value / 1000) }),
}

/** The source of one value may be written under another's name: reasons for a pause under the pause. */
const sourceNames: Partial<Record<Shown, string>> = { pauseReasons: 'pause' }

export function policyRows(policy: Policy, say: Say): PolicyRow[] {
  return (Object.keys(words) as Shown[]).map((name) => ({
    name,
    label: say(`policy.value.${name}` as WordKey),
    value: (words[name] as (value: unknown, say: Say) => string)(policy[name], say),
    source: policy.sources[name] ?? policy.sources[sourceNames[name] ?? ''] ?? null,
  }))
}

function minutesWords(minutes: readonly number[], say: Say): string {
  if (minutes.length === 0) return say('policy.noReminder')
  return minutes.map((each) => say('policy.hours', { hours: amount(each / 60) })).join(', ')
}

export type PolicyStanding = 'in-force' | 'coming' | 'past'

/** Versions, newest first, each with what it is on a local date: of those already valid only the latest is in force. */
export function standingOf(versions: readonly Policy[], inForce: Policy | null, on: string) {
  return [...versions]
    .sort((a, b) => (a.validFrom === b.validFrom ? b.version - a.version : a.validFrom < b.validFrom ? 1 : -1))
    .map((policy) => {
      const isInForce = policy.validFrom === inForce?.validFrom && policy.version === inForce.version
      const standing: PolicyStanding = isInForce ? 'in-force' : policy.validFrom > on ? 'coming' : 'past'
      return { policy, standing }
    })
}
