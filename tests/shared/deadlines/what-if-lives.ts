import { readFileSync } from 'node:fs'
import { isOfStage } from '../../../src-shared/cases/command-stages.ts'
import type { CaseEvent } from '../../../src-shared/cases/events.ts'
import { type CalendarBook, openCalendarBook } from '../../../src-shared/deadlines/calendar-book.ts'
import { knowledgeInstants } from '../../../src-shared/deadlines/calendar-chain.ts'
import { type Instant, toIso } from '../../../src-shared/deadlines/instants.ts'
import type { OtherRules } from '../../../src-shared/deadlines/what-if.ts'
import type { RuleHours } from '../../../src-shared/deadlines/what-if-hours.ts'
import { dongThap, keeper, lateCause, people, roads, type Scene, scene, sendInput, water } from '../cases/scene.ts'

const calendarId = 'dong-thap-offices'
const offices = JSON.parse(readFileSync(`resources/calendars/${calendarId}.json`, 'utf8')) as { days: object[] }

/** The offices' calendar with entries, each with its own `knownAt`. */
export function bookWith(days: readonly object[]): CalendarBook {
  const opened = openCalendarBook([{ where: 'offices', json: { ...offices, days: [...offices.days, ...days] } }])
  if (!opened.ok) throw new Error(JSON.stringify(opened.problems))
  return opened.book
}

export function hoursOf(book: CalendarBook): RuleHours {
  return {
    workingTime: (_, knownAt) => book.workingTime(calendarId, knownAt),
    actsKnown: (_, after, until) => book.actsKnown(calendarId, after, until),
    knowledge: () => knowledgeInstants(book.chain(calendarId)),
  }
}

/** One act of somebody's: which, and how many seconds after the one before. */
export type Act = readonly [name: ActName, afterSeconds: number]
const names = [
  'answer',
  'answer-untold',
  'tell',
  'postpone',
  'pause',
  'confirm',
  'go-on',
  'ask',
  'complete',
  'return',
  'accept',
  'transfer',
  'close',
  'reopen',
] as const
export type ActName = (typeof names)[number]
export const actNames: readonly ActName[] = names

/** A case that people act on while the keeper is at work. */
export interface Life {
  readonly scene: Scene
  readonly accepted: readonly boolean[]
}

/** @param lateBy how many seconds after it might have the keeper takes its first step, its second, … */
export function live(
  acts: readonly Act[],
  rules: Omit<OtherRules, 'hours'>,
  book: CalendarBook,
  until: Instant,
  lateBy: readonly number[] = [],
): Life {
  const s = scene()
  s.book = book
  s.policy = {
    ...dongThap,
    focalOfficerWorkingHours: (rules.focalOfficerSeconds ?? 8 * 3600) / 3600,
    headWorkingHours: (rules.headSeconds ?? 48 * 3600) / 3600,
    headReading: rules.headReading ?? dongThap.headReading,
    pause: { ...dongThap.pause, confirmWithinWorkingHours: 2000 },
  }
  const corrections = knowledgeInstants(book.chain(calendarId)).filter((at) => at > s.now)
  s.open().send()
  const steps = [...lateBy]
  let at = s.now
  const accepted = acts.map(([name, afterSeconds]) => {
    at += afterSeconds * 1000
    keepUntil(s, at, corrections, steps)
    s.now = at
    return give(s, name)
  })
  keepUntil(s, until, corrections, steps)
  s.now = until
  return { scene: s, accepted }
}

/** The keeper's work up to an instant: corrected calendars first, then what is due. */
function keepUntil(s: Scene, until: Instant, corrections: Instant[], lateBy: number[]): void {
  for (;;) {
    const before = s.now
    s.now = until
    const { state, dueAt } = s.clock
    s.now = before
    const isOwed = isOfStage('clock.escalate', s.case.stage) && state === 'running' && dueAt !== null
    const stepAt = isOwed ? Math.max(dueAt + 1000 + (lateBy[0] ?? 0) * 1000, before) : null
    const correctedAt = corrections[0]
    if (correctedAt !== undefined && correctedAt <= Math.min(stepAt ?? until, until)) {
      corrections.shift()
      s.now = correctedAt
      s.give('clock.recount', {}, keeper)
    } else if (stepAt !== null && stepAt <= until) {
      s.now = stepAt
      // Stopped in the very second it fell due: nothing is owed until it runs again, and the keeper looks in each hour.
      if ('refused' in s.give('clock.escalate', {}, keeper)) lateBy[0] = (lateBy[0] ?? 0) + 3600
      else lateBy.shift()
    } else return
  }
}

function give(s: Scene, name: ActName): boolean {
  const now = toIso(s.now)
  const agencyId = s.case.slip?.agencyId
  const officer = agencyId === water ? people.waterOfficer : people.officer
  const text = { text: 'Đã xong.', lateCause }
  const decision = (() => {
    switch (name) {
      case 'answer':
        return s.give('slip.answer', { ...text, citizenTold: { via: 'call', at: now } }, officer)
      case 'answer-untold':
        return s.give('slip.answer', { ...text, citizenTold: null }, officer)
      case 'tell':
        return s.give('citizen.tell', { via: 'call', at: now })
      case 'postpone': {
        const dueAt = s.clock.dueAt
        const later = s.book.workingTime(calendarId, s.now).add(Math.max(dueAt ?? s.now, s.now), 6 * 3600)
        return s.give('slip.postpone', { newDueAt: toIso(later), reason: 'Phải xác minh.' }, officer)
      }
      case 'pause':
        return s.give('pause.request', { reasonCode: reason, explanation: 'Chờ công dân.' }, officer)
      case 'confirm':
        return s.give('pause.confirm', {}, people.supervisor)
      case 'go-on':
        return s.give('pause.end', {}, officer)
      case 'ask':
        return s.give('supplement.request', { missing: ['Ảnh chụp'] }, officer)
      case 'complete':
        return s.give('supplement.receive', { text: 'Ảnh kèm theo.' })
      case 'return':
        return s.give('slip.return', { reason: 'Không thuộc thẩm quyền.' }, officer)
      case 'accept': {
        const accepted = s.give('slip.accept-return', {})
        if (!('refused' in accepted)) s.give('slip.send', sendInput(agencyId === water ? roads : water))
        return accepted
      }
      case 'transfer':
        return s.give(
          'slip.transfer',
          { agencyId: agencyId === water ? roads : water, reason: 'Sáp nhập.', act: 'NQ 1' },
          people.office,
        )
      case 'close':
        return s.give('case.close', { proof: 'Biên bản', contactedAt: now })
      case 'reopen':
        return s.give('case.reopen', { reason: 'Chưa xong.' })
    }
  })()
  return !('refused' in decision)
}

const reason = dongThap.pauseReasons.find((each) => !each.refused)!.code

/** What people did, without what the rules of the day put into it: the keeper's part, the allowances, the level of an answer. */
export function factsOf(journal: readonly CaseEvent[]): object[] {
  return journal
    .filter(({ actor, name }) => actor.kind !== 'system' && name !== 'clock.recounted')
    .map(({ name, at, data }) => {
      const { allowanceSeconds: _a, level: _l, ...facts } = data as Record<string, unknown>
      return { name, at, facts }
    })
}
