import type { CaseEvent } from '../../../../src-shared/cases/events.ts'
import type { ClockMark } from '../../../../src-shared/deadlines/clock.ts'
import type { Policy } from '../../../../src-shared/deadlines/policy.ts'
import type { Province } from './second-clock.ts'

/** What has been read of a case's journal so far, as far as it concerns the clock. */
interface Story {
  agencyId: string
  level: 'focal-officer' | 'head' | 'late'
  resultAt: number | null
  pauseAskedAt: number | null
  isPaused: boolean
  isSupplementAwaited: boolean
}

/**
 * The marks of a case's clock, read off its journal by the requirements alone: the hours, the cap and the readings come from the
 * policy and not from what the events carry, and whether a pause counts from its request is worked out once more (D8).
 */
export function marksFromJournal(journal: readonly CaseEvent[], policy: Policy, province: Province): ClockMark[] {
  const marks: ClockMark[] = []
  let story: Story | null = null
  for (const event of journal) {
    const at = Date.parse(event.at)
    if (event.name === 'slip.received') {
      const { agencyId } = event.data
      // #17: 8 working hours from receipt.
      const allowanceSeconds = policy.focalOfficerWorkingHours * 3600
      marks.push({ kind: 'start', at, level: 'focal-officer', holder: { agencyId }, allowanceSeconds })
      const nothing = { resultAt: null, pauseAskedAt: null, isPaused: false, isSupplementAwaited: false }
      story = { agencyId, level: 'focal-officer', ...nothing }
    } else if (story !== null) marks.push(...read(story, event, at, policy, province))
  }
  return marks
}

function read(story: Story, event: CaseEvent, at: number, policy: Policy, province: Province): ClockMark[] {
  switch (event.name) {
    // #20, #21: the same slip, a new holder, 48 working hours.
    case 'slip.escalated':
      Object.assign(story, { level: 'head', isPaused: false, isSupplementAwaited: false })
      return [
        { kind: 'level-end', at, outcome: 'escalated' },
        {
          kind: 'start',
          at,
          level: 'head',
          holder: { agencyId: story.agencyId },
          allowanceSeconds: policy.headWorkingHours * 3600,
          reading: policy.headReading,
        },
      ]
    // Late is what runs past its due instant, so no supplement held it any more.
    case 'case.became-late':
      Object.assign(story, { level: 'late', isSupplementAwaited: false })
      return []
    // #24.
    case 'slip.postponed':
      return [{ kind: 'extend', at, dueAt: Date.parse(event.data.newDueAt), reason: 'postponement' }]
    // D13.
    case 'slip.transferred':
      story.agencyId = event.data.agencyId
      return [{ kind: 'transfer', at, holder: { agencyId: story.agencyId } }]
    // D14.
    case 'clock.recounted':
      return [{ kind: 'calendar', at, knownAt: Date.parse(event.data.knownAt), act: 'văn bản' }]
    case 'slip.answered': {
      story.resultAt = at
      // #18: of the officer the Regulation asks for two facts; the head's answer goes to the agent.
      const isEnough = story.level !== 'focal-officer' || policy.focalClockStopsOn === 'result'
      const marks: ClockMark[] = isEnough ? [{ kind: 'end', at }] : resumed(story, at)
      Object.assign(story, { pauseAskedAt: null, isPaused: false, isSupplementAwaited: false })
      return marks
    }
    case 'citizen.told':
      // #18: the later one stops the clock.
      return story.resultAt === null
        ? []
        : [{ kind: 'end', at: Math.max(story.resultAt, Date.parse(event.data.toldAt)) }]
    // D5: once, with a cap; what is late has nothing left to save.
    case 'supplement.requested':
      if (!policy.supplement.stopsClock || story.level === 'late') return []
      story.isSupplementAwaited = true
      return [{ kind: 'stop', at, reason: 'supplement', capSeconds: policy.supplement.capWorkingHours * 3600 }]
    case 'supplement.received':
      if (!story.isSupplementAwaited) return []
      story.isSupplementAwaited = false
      return [{ kind: 'resume', at, reason: 'supplement' }]
    case 'pause.requested':
      story.pauseAskedAt = at
      return []
    case 'pause.confirmed': {
      story.isPaused = true
      const askedAt = story.pauseAskedAt!
      const calendar = province.calendarOf(story.agencyId)
      const known = Math.floor(at / 1000)
      const waited = province.hours.count(calendar, known, Math.floor(askedAt / 1000), Math.floor(at / 1000))
      const isSoon = waited <= policy.pause.confirmWithinWorkingHours * 3600
      return [{ kind: 'stop', at: isSoon ? askedAt : at, reason: 'pause' }]
    }
    case 'pause.ended':
      story.isPaused = false
      return [{ kind: 'resume', at, reason: 'pause' }]
    case 'slip.return-accepted':
      Object.assign(story, { isPaused: false, isSupplementAwaited: false })
      return [{ kind: 'level-end', at, outcome: 'returned' }]
    case 'case.withdrawn':
      return [{ kind: 'end', at }]
    // D15.
    case 'case.reopened':
      story.resultAt = null
      return [{ kind: 'reopen', at, countsClosedTime: policy.reopenCountsClosedTime }]
    default:
      return []
  }
}

function resumed(story: Story, at: number): ClockMark[] {
  const marks: ClockMark[] = []
  if (story.isPaused) marks.push({ kind: 'resume', at, reason: 'pause' })
  if (story.isSupplementAwaited) marks.push({ kind: 'resume', at, reason: 'supplement' })
  return marks
}
