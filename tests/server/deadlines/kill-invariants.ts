import { apply } from '../../../src-shared/cases/apply.ts'
import type { CaseState } from '../../../src-shared/cases/case.ts'
import { readCaseClock } from '../../../src-shared/cases/case-clock.ts'
import { parseRegisteredEvent, type RegisteredEvent } from '../../../src-shared/cases/events.ts'
import { recountOf } from '../../../src-shared/cases/recount.ts'
import { fromIso, toIso } from '../../../src-shared/deadlines/instants.ts'
import { clockHours, type OfficeHours } from '../../../src-shared/province/hours.ts'
import { verifyRegister } from '../../../sync-server/src/cases/verify-register.ts'
import type { CalendarChange, Reading } from '../../../sync-server/src/store/store.ts'
import type { Process } from './kill-world.ts'

/** What must be so after a tick that went through: nothing overdue, nothing counted by what is no longer known. */
export async function overdueAt(now: number, { store, reference }: Process): Promise<string[]> {
  const broken: string[] = []
  const { hours } = reference
  for (const { state, dueAt } of await store.read.register.openAfter('', 1_000)) {
    const clock = readCaseClock(state, hours, now)
    const isOpen = state.stage === 'with-focal-officer' || state.stage === 'with-head' || state.stage === 'answered'
    const isOver = clock.state === 'running' && clock.dueAt !== null && clock.dueAt + 1000 <= now
    if (isOpen && isOver) broken.push(`lost: ${state.id} was due ${toIso(clock.dueAt!)} and stands at ${state.stage}`)
    if (dueAt !== null && dueAt + 1000 <= now) broken.push(`lost: ${state.id} is in the index at ${toIso(dueAt)}`)
    // What became known in this very second is looked at in the next, as everything is.
    if (recountOf(state, clockHours(hours), now - 1000) !== null)
      broken.push(`${state.id} is not counted by what is known`)
  }
  return broken
}

/** What must be so in the end, judged by the events and the outbox alone. */
export async function brokenRules(read: Reading, hours: OfficeHours): Promise<string[]> {
  const broken: string[] = []
  const verdict = await verifyRegister(read)
  if (!verdict.ok) broken.push(`the chain: ${verdict.problem}`)
  const changes = await read.calendars.changes()
  const lines = await read.register.eventsAfter(0, 1_000_000)
  const byCase = Map.groupBy(
    lines.map(({ line }) => parseRegisteredEvent(JSON.parse(line))),
    (event) => event.caseId,
  )
  for (const [caseId, events] of byCase) {
    broken.push(...brokenSteps(events, hours, changes))
    const messages = await read.outbox.ofCase(caseId)
    for (const [kind, names] of Object.entries(noticesFor)) {
      const expected = events.filter((event) => names.includes(event.name) && isFor(kind, event, events)).length
      const written = messages.filter((message) => message.kind === kind).length
      if (written !== expected) broken.push(`${caseId}: ${written} messages ${kind} for ${expected} events`)
    }
  }
  return broken
}

const noticesFor: Record<string, readonly string[]> = {
  receipt: ['case.opened'],
  'slip-sent': ['slip.received', 'slip.transferred'],
  'slip-escalated': ['slip.escalated', 'slip.transferred'],
  'case-late': ['case.became-late'],
  'slip-due-soon': ['slip.due-soon'],
  'slip-reminded': ['slip.reminded'],
}

/** D13: a successor is told what its predecessor was: of the slip, or of the escalation. */
function isFor(kind: string, event: RegisteredEvent, events: readonly RegisteredEvent[]): boolean {
  if (event.name !== 'slip.transferred') return true
  const before = events.slice(0, events.indexOf(event))
  const last = before.findLast(({ name }) => name === 'slip.received' || name === 'slip.escalated')
  return (last?.name === 'slip.received') === (kind === 'slip-sent')
}

function brokenSteps(
  events: readonly RegisteredEvent[],
  hours: OfficeHours,
  changes: readonly CalendarChange[],
): string[] {
  const broken: string[] = []
  let state: CaseState | null = null
  let climbed = new Set<string>()
  let reminded: { dueAt: string; minutes: Set<number> } = { dueAt: '', minutes: new Set() }
  for (const event of events) {
    const where = `${event.caseId}, event ${event.caseSeq}`
    if (event.name === 'slip.received') climbed = new Set()
    if (event.name === 'slip.received' || event.name === 'slip.escalated') reminded = { dueAt: '', minutes: new Set() }
    const at = fromIso(event.at)
    if (event.name === 'slip.escalated' || event.name === 'case.became-late') {
      const clock = readCaseClock(state!, hours, at)
      if (climbed.has(event.name)) broken.push(`twice: ${where} ${event.name}`)
      climbed.add(event.name)
      if (clock.state !== 'running' || clock.dueAt === null || at < clock.dueAt + 1000) broken.push(`early: ${where}`)
      if (clock.dueAt !== null && toIso(clock.dueAt) !== event.data.dueAt) broken.push(`another due instant: ${where}`)
      // By the order of the register: of two servers one may be seconds ahead of the other.
      const acts = recountOf(state!, clockHours(hours), at)?.acts ?? []
      const isKnown = (act: string) =>
        changes.some(({ seq, entriesJson }) => seq < event.seq && entriesJson.includes(act))
      if (acts.some(isKnown)) broken.push(`by the old calendar: ${where}`)
    }
    if (event.name === 'slip.due-soon') {
      const { dueAt, minutesBefore } = event.data
      if (reminded.dueAt !== dueAt) reminded = { dueAt, minutes: new Set() }
      if (reminded.minutes.has(minutesBefore)) broken.push(`reminded twice: ${where}`)
      reminded.minutes.add(minutesBefore)
      const clock = readCaseClock(state!, hours, at)
      if (clock.dueAt === null || toIso(clock.dueAt) !== dueAt) broken.push(`reminded of another instant: ${where}`)
      const workingTime = hours.ofAgency(clock.holder!.agencyId, clock.levels.at(-1)!.knownAt)!
      if (at < workingTime.subtract(fromIso(dueAt), minutesBefore * 60)) broken.push(`reminded early: ${where}`)
    }
    state = apply(state, event)
  }
  return broken
}
