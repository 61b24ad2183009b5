import { z } from 'zod'
import { roleSchema } from '../people/roles.ts'
import { dateOfDayNumber, isRealDate, type LocalDate } from './dates.ts'
import { type Instant, localTimeOf } from './instants.ts'

const words = z.string().trim().min(1)
const code = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'a code is small letters, digits and single hyphens')
const workingHours = z.number().positive().max(2000)
const date = z.string().refine(isRealDate, 'not a date (YYYY-MM-DD)')

const coded = z.strictObject({ code, label: words })

/** S4 Đ.8 k.2: a refusal names its reason at once, and where to go. `referTo` is proposed to the agent. */
const refusalReason = coded.extend({ referTo: words.optional() })

/** S2 k.1, k.2: a reason marked `refused` can never stop the clock; `why` is what the person who tries is told. */
const pauseReason = coded.extend({ refused: z.literal(true).optional(), why: words.optional() })

/** S4 Đ.4 k.6: not received here; the number is shown before any form. */
const redirectCard = z.strictObject({
  code: z.enum(['113', '114', '115', 'complaint', 'denunciation']),
  title: words,
  /** A telephone number, or the address where a paper must be handed in. */
  number: words,
  /** What the agent says. */
  say: words,
})

/** Lists whose entries are told apart by `code`. */
const uniqueCodes = <T extends z.ZodType<{ code: string }>>(entry: T) =>
  z.array(entry).superRefine((entries, context) => {
    const seen = new Set<string>()
    entries.forEach((each, index) => {
      if (seen.has(each.code)) {
        context.addIssue({ code: 'custom', path: [index, 'code'], message: `the code "${each.code}" stands twice` })
      }
      seen.add(each.code)
    })
  })

const reminderMinutes = z.array(z.int().positive()).refine(isDescending, 'write the earliest reminder first, each once')

/**
 * A policy pack: the rules of one province, as data. A pack has versions, one file each: `resources/policies/<id>.json` is
 * the first, `<id>-<version>.json` each later one. None is ever edited once cases were ruled by it: new rules are a new
 * file with a higher `version` and the day they come into force.
 */
export const policySchema = z
  .strictObject({
    id: code,
    version: z.int().positive(),
    province: words,
    /** The pack rules cases opened on and after this date (local), until one with a later date takes over. */
    validFrom: date,
    /** The rule behind a value, by the value's name, as printed beside it on screens. */
    sources: z.record(z.string(), words),

    /** S4 Đ.9 k.3, Đ.10 k.1 (#17). */
    focalOfficerWorkingHours: workingHours,
    /** S4 Đ.9 k.4, Đ.10 k.2 (#21). */
    headWorkingHours: workingHours,
    /** D2. */
    headReading: z.enum(['R1', 'R2', 'R3']),
    /** #18. */
    focalClockStopsOn: z.enum(['result-and-citizen-told', 'result']),
    /** S4 Đ.10 k.3 (#24), D4. */
    postponement: z.strictObject({
      max: z.int().nonnegative(),
      maxWorkingHours: workingHours,
      /** Đ.9 k.3 ¶2: whether a promised completion time uses the postponement up. */
      promiseCounts: z.enum(['if-after-due', 'always', 'never']),
    }),
    /** S4 Đ.14 k.4 (#16), D5. */
    supplement: z.strictObject({
      max: z.int().nonnegative(),
      stopsClock: z.boolean(),
      capWorkingHours: workingHours,
    }),
    /** S2 k.2 (#30), D8: a pause is a request until another role confirms it. */
    pause: z.strictObject({
      confirmWithinWorkingHours: workingHours,
      confirmerRoles: z.array(roleSchema).min(1),
    }),
    pauseReasons: uniqueCodes(pauseReason).refine(
      (all) => all.some((reason) => !reason.refused),
      'no reason can pause',
    ),
    /** S4 Đ.6 k.3, D12. */
    anonymous: z.strictObject({
      accept: z.enum(['never', 'hazards-only', 'always']),
      hazards: uniqueCodes(coded),
      mark: words,
    }),
    /** #14, D3: whether an agency outside its working hours must still be called before a slip goes out. */
    callAttemptAfterHours: z.enum(['not-needed', 'needed']),
    /** D9 (#70). */
    onTimeRateBasis: z.enum(['due', 'received', 'closed']),
    /** S4 Đ.12, D10. */
    publication: z.strictObject({
      redact: z.array(z.enum(['name', 'phone', 'address', 'email'])),
      /** Classes of case that the Office reviews before anything is published. */
      holdBack: uniqueCodes(coded),
      reviewerRoles: z.array(roleSchema).min(1),
    }),
    /** S2 k.1, k.3 (#37): what a late agency chooses from; with an empty list no cause is asked. */
    lateCauses: uniqueCodes(coded).default([]),
    refusalReasons: uniqueCodes(refusalReason).refine(
      (all) => all.length > 0,
      'a refusal needs reasons to choose from',
    ),
    redirectCards: uniqueCodes(redirectCard),
    /** `26-0048213-K`: two digits of the year, a serial number, a check character. */
    receiptCode: z.strictObject({ prefix: z.literal('year'), digits: z.int().min(4).max(10) }),
    /** S4 Đ.9 k.6 (#15), D7: the Regulation sets no time, and the label says so wherever the target is shown. */
    competence: z.strictObject({ officeTargetWorkingHours: workingHours, label: words }),
    /** S4 Đ.9 k.5 (#27): an inner target, beside the clock of the Regulation. */
    urgent: z.strictObject({ targetWorkingHours: workingHours, label: words }),
    /** S2 k.1 (#33–#35). */
    consult: z.strictObject({
      defaultMaxWorkingHours: workingHours,
      copyHomeAffairsFromReminder: z.int().positive(),
      byProcedure: z.array(
        z.strictObject({ procedure: words, agencyId: code, maxWorkingHours: workingHours, basis: words }),
      ),
    }),
    /** D15, in calendar days. */
    reopenWithinDays: z.int().nonnegative(),
    /** S2 k.1 (#31): reopened because it had been closed unfinished: the clock is read as if it had never stopped. */
    reopenCountsClosedTime: z.boolean(),
    /** #36: this many times sent back between agencies, and the Office decides. */
    bounceToOfficeAt: z.int().positive(),
    /** S4 Đ.13 k.2 (#28), in working minutes before the due instant. */
    remindersBeforeDueMinutes: z.strictObject({ focalOfficer: reminderMinutes, head: reminderMinutes }),
    /** #71: S4 Đ.18 names the Office, S0 k.3 goes by Home Affairs. */
    difficultiesGoTo: z.enum(['office', 'home-affairs']),
    /** How far ahead of the server a desk's corrected clock may be before what it says is put to server time. */
    clockToleranceMs: z.int().nonnegative(),
  })
  .superRefine((policy, context) => {
    if (policy.anonymous.accept === 'hazards-only' && policy.anonymous.hazards.length === 0) {
      context.addIssue({ code: 'custom', path: ['anonymous', 'hazards'], message: 'hazards-only needs hazards' })
    }
    policy.pauseReasons.forEach((reason, index) => {
      if (!reason.refused || reason.why) return
      context.addIssue({ code: 'custom', path: ['pauseReasons', index, 'why'], message: 'a refused reason says why' })
    })
  })

export type Policy = z.infer<typeof policySchema>

export interface PolicyProblem {
  /** `pauseReasons[1].why`, or `(root)`. */
  path: string
  code: string
  message: string
}

export type ParsedPolicy = { ok: true; policy: Policy } | { ok: false; problems: PolicyProblem[] }

/** Reads a policy pack; every problem is reported with its path. */
export function parsePolicy(json: unknown): ParsedPolicy {
  const parsed = policySchema.safeParse(json)
  if (parsed.success) return { ok: true, policy: parsed.data }
  const problems = parsed.error.issues.map((issue) => ({
    path: pathOf(issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0]!] : issue.path),
    code: issue.code,
    message: issue.message,
  }))
  return { ok: false, problems }
}

/** The version in force on a local date: the latest `validFrom` not after it, then the highest version. Null before the first. */
export function policyInForce(versions: readonly Policy[], on: LocalDate): Policy | null {
  const [first] = versions
    .filter((policy) => policy.validFrom <= on)
    .sort((a, b) => (a.validFrom === b.validFrom ? b.version - a.version : a.validFrom < b.validFrom ? 1 : -1))
  return first ?? null
}

/**
 * The version that rules a case opened on a local date. A case older than every version, taken over from elsewhere, is
 * ruled by the first: no rules at all would be worse.
 */
export function policyFor(versions: readonly [Policy, ...Policy[]], on: LocalDate): Policy {
  const first = versions.reduce((a, b) => (b.validFrom < a.validFrom ? b : a))
  return policyInForce(versions, on) ?? first
}

/** The same by the instant at which the case was opened: its local day in the province. */
export function policyAt(versions: readonly [Policy, ...Policy[]], openedAt: Instant): Policy {
  return policyFor(versions, dateOfDayNumber(localTimeOf(openedAt).dayNumber))
}

/** Every version of a pack, as a reference carries them. @throws Error that names every problem, or that there is none. */
export function readPolicies(jsons: readonly unknown[]): [Policy, ...Policy[]] {
  const parsed = jsons.map((json) => parsePolicy(json))
  const problems = parsed.flatMap((each, index) =>
    each.ok ? [] : each.problems.map(({ path, message }) => `policies[${index}].${path}: ${message}`),
  )
  if (problems.length > 0) throw new Error(problems.join('; '))
  const [first, ...others] = parsed.flatMap((each) => (each.ok ? [each.policy] : []))
  if (first === undefined) throw new Error('no policy was given')
  return [first, ...others]
}

function pathOf(path: readonly PropertyKey[]): string {
  if (path.length === 0) return '(root)'
  return path.map((step, i) => (typeof step === 'number' ? `[${step}]` : `${i ? '.' : ''}${String(step)}`)).join('')
}

function isDescending(minutes: readonly number[]): boolean {
  return minutes.every((each, index) => index === 0 || each < minutes[index - 1]!)
}
