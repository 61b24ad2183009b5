import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CaseState } from '../../../src-shared/cases/case.ts'
import { type ClockMark, readClock } from '../../../src-shared/deadlines/clock.ts'
import { fromIso, toIso } from '../../../src-shared/deadlines/instants.ts'
import { type CaseOutcome, type OtherRules, replayCase } from '../../../src-shared/deadlines/what-if.ts'
import { dongThap, scene } from '../cases/scene.ts'
import { type Act, actNames, bookWith, factsOf, hoursOf, live } from './what-if-lives.ts'

const until = fromIso('2026-12-31T17:00:00+07:00')
const policyOf = () => dongThap
const storm = (on: string, knownAt: string) => ({ on, working: [], reason: 'nghỉ bão', act: `CĐ ${on}`, knownAt })
const always = '1900-01-01T00:00:00+07:00'
/** As it was, corrected in mid-case, and with days off that were known from the first. */
const books = {
  plain: bookWith([]),
  corrected: bookWith([
    storm('2026-10-07', '2026-10-06T09:00:00+07:00'),
    storm('2026-10-12', '2026-10-09T15:30:00+07:00'),
  ]),
  stormy: bookWith([storm('2026-10-06', always), storm('2026-10-08', always)]),
}
const bookNames = ['plain', 'corrected', 'stormy'] as const

const act: fc.Arbitrary<Act> = fc.tuple(fc.constantFrom(...actNames), fc.integer({ min: 60, max: 3 * 86_400 }))
const hours = fc.option(fc.constantFrom(2, 4, 8, 12, 20, 48, 80), { nil: undefined })
const otherRules = fc.record({
  focal: hours,
  head: hours,
  headReading: fc.constantFrom(undefined, 'R1' as const, 'R2' as const, 'R3' as const),
})

/** What a correction that moves nothing writes down depends on whether somebody was late then. */
const ladder = (marks: readonly ClockMark[]) => marks.filter(({ kind }) => kind !== 'calendar')

/** Every figure of every level. */
function told(clockMarks: readonly ClockMark[], book: keyof typeof books): object[] {
  const { workingTime } = hoursOf(books[book])
  const reading = readClock(clockMarks, {
    now: until,
    workingTimeFor: (holder, knownAt) => workingTime(holder.agencyId, knownAt),
  })
  return reading.levels.map(({ knownAt: _, intervals, ...level }) => ({
    ...level,
    intervals: intervals.map(({ knownAt: _known, ...interval }) => interval),
  }))
}

describe('what would have been', () => {
  test('is what would have been: lived twice, once under each rules, and replayed from one into the other', () => {
    let compared = 0
    fc.assert(
      fc.property(
        fc.array(act, { maxLength: 7 }),
        otherRules,
        fc.constantFrom(...bookNames),
        fc.constantFrom(...bookNames),
        (acts, { focal, head, headReading }, wasIn, isIn) => {
          const rules: Omit<OtherRules, 'hours'> = {
            ...(focal === undefined ? {} : { focalOfficerSeconds: focal * 3600 }),
            ...(head === undefined ? {} : { headSeconds: head * 3600 }),
            ...(headReading === undefined ? {} : { headReading }),
          }
          const lived = live(acts, {}, books[wasIn], until)
          const twin = live(acts, rules, books[isIn], until)
          // Under other rules people may have been refused what they did, or promised another time: then there is no twin.
          if (JSON.stringify(lived.accepted) !== JSON.stringify(twin.accepted)) return
          if (JSON.stringify(factsOf(lived.scene.journal)) !== JSON.stringify(factsOf(twin.scene.journal))) return
          compared += 1
          const then = { hours: hoursOf(books[wasIn]), policyOf }
          const replayed = replayCase(lived.scene.journal, then, { ...rules, hours: hoursOf(books[isIn]) }, until)!
          expect(ladder(replayed.state.clockMarks)).toEqual(ladder(twin.scene.case.clockMarks))
          expect(replayed.state).toMatchObject({ stage: twin.scene.case.stage, isLate: twin.scene.case.isLate })
          expect(told(replayed.state.clockMarks, isIn)).toEqual(told(twin.scene.case.clockMarks, isIn))
        },
      ),
      { numRuns: 600, seed: 20261122 },
    )
    expect(compared).toBeGreaterThan(200)
  })

  const delay = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 4 * 86_400 }))
  test('under the rules in force, and whenever the keeper came, it is what was', () => {
    const lives = [fc.array(act, { maxLength: 8 }), fc.constantFrom(...bookNames), fc.array(delay)] as const
    fc.assert(
      fc.property(...lives, (acts, book, lateBy) => {
        const { scene } = live(acts, {}, books[book], until, lateBy)
        const was = hoursOf(books[book])
        const replayed = replayCase(scene.journal, { hours: was, policyOf }, { hours: was }, until)!
        expect(replayed.state.clockMarks).toEqual(scene.case.clockMarks)
        expect(replayed.state).toMatchObject({ stage: scene.case.stage, isLate: scene.case.isLate })
        expect(replayed.after).toEqual(replayed.before)
      }),
      { numRuns: 600, seed: 22112026 },
    )
  })
})

/** A slip of Monday 5/10/2026 08:00, told as of the end of the year. */
function whatIf(acts: readonly Act[], rules: Omit<OtherRules, 'hours'>, book = books.plain, lateBy: number[] = []) {
  const { scene } = live(acts, {}, books.plain, until, lateBy)
  const then = { hours: hoursOf(books.plain), policyOf }
  const replayed = replayCase(scene.journal, then, { ...rules, hours: hoursOf(book) }, until)!
  const spoken = ({ level, dueAt, isLate }: CaseOutcome) => `${level} ${toIso(dueAt!)}${isLate ? ' trễ' : ''}`
  return { before: spoken(replayed.before), after: spoken(replayed.after), state: replayed.state }
}
const hour = 3600

describe('by hand', () => {
  test('S4 Đ.10 k.2: answered after four working days, in time with 48 hours and late with 24', () => {
    const friday: Act = ['answer', 4 * 24 * hour + 2]
    expect(whatIf([friday], { headSeconds: 24 * hour })).toMatchObject({
      before: 'head 2026-10-14T08:00:01+07:00',
      after: 'late 2026-10-09T08:00:01+07:00 trễ',
    })
    // D6: an answer at the due second itself is in time.
    const due: Act = ['answer', 4 * 24 * hour + 1]
    expect(whatIf([due], { headSeconds: 24 * hour }).after).toBe('head 2026-10-09T08:00:01+07:00')
  })

  test('S4 Đ.10 k.1: with two days the officer would have answered in time, and the answer alone would not have ended it (#18)', () => {
    const wednesday: Act = ['answer', 2 * 24 * hour - hour]
    expect(whatIf([wednesday], { focalOfficerSeconds: 16 * hour }).after).toBe(
      'focal-officer 2026-10-07T08:00:00+07:00',
    )
    // The head owes the answer, the officer also the word to the citizen: it came too late for him.
    const untold: Act = ['answer-untold', 2 * 24 * hour - hour]
    expect(whatIf([untold, ['tell', 3 * hour]], { focalOfficerSeconds: 16 * hour }).after).toMatch(/^head /)
  })

  test('D2: the head counted from the first transfer has eight hours less', () => {
    expect(whatIf([], { headReading: 'R2' })).toMatchObject({
      before: 'late 2026-10-14T08:00:01+07:00 trễ',
      after: 'late 2026-10-13T08:00:00+07:00 trễ',
    })
  })

  test('D14: days off as if they had always been known', () => {
    const answer: Act = ['answer', 25 * hour]
    expect(whatIf([answer], {}, books.stormy)).toMatchObject({
      before: 'head 2026-10-14T08:00:01+07:00',
      after: 'focal-officer 2026-10-07T08:00:00+07:00',
    })
  })

  test('#20: of a night in which no keeper came, the replay knows; a due instant of that night waits for the morning too', () => {
    const night = 14 * hour
    const asItWas = whatIf([], {}, books.plain, [night])
    expect(asItWas.after).toBe(asItWas.before)
    const escalatedAt = (state: CaseState) => toIso(state.clockMarks.find(({ kind }) => kind === 'level-end')!.at)
    expect(escalatedAt(asItWas.state)).toBe('2026-10-06T22:00:01+07:00')
    // Due at 09:00, while it was away; and at 07:30, when it was there.
    const nine = whatIf([], { focalOfficerSeconds: 9 * hour }, books.plain, [night])
    expect(escalatedAt(nine.state)).toBe('2026-10-06T22:00:01+07:00')
    const early = whatIf([], { focalOfficerSeconds: 7.5 * hour }, books.plain, [night])
    expect(escalatedAt(early.state)).toBe('2026-10-06T07:30:01+07:00')
  })

  test('a case of which no agency received a slip has no clock to replay', () => {
    const { journal } = scene().open()
    const hours = hoursOf(books.plain)
    expect(replayCase(journal, { hours, policyOf }, { hours }, until)).toBeNull()
  })
})
