import type { CaseState } from '../../../src-shared/cases/case.ts'
import type { RegisteredEvent } from '../../../src-shared/cases/events.ts'
import { fromIso } from '../../../src-shared/deadlines/instants.ts'
import { instantWords } from '../../../src-shared/deadlines/spoken.ts'
import { covered, isHeldBack } from './case-access.ts'
import type { Site } from './site.ts'

export interface Step {
  readonly at: string
  readonly text: string
}

/** The journal as the citizen may read it: acts and times, no person's name, nothing anybody wrote unless it is covered. */
export function publicSteps(site: Site, state: CaseState, events: readonly RegisteredEvent[]): Step[] {
  const steps: Step[] = []
  for (const event of events) {
    const text = stepWords(site, state, event)
    if (text !== null) steps.push({ at: event.at, text: text.replace(/([.!?])\.$/, '$1') })
  }
  return steps
}

function stepWords(site: Site, state: CaseState, event: RegisteredEvent): string | null {
  const { say } = site
  const isHidden = isHeldBack(site, state)
  const agency = (id: string) =>
    (isHidden ? '' : (site.deps.reference.agency(id)?.name ?? '')) || say('public.an-agency')
  const safe = (text: string) => (isHidden ? '[…]' : covered(site, state, text))
  const at = (instant: string) => instantWords(fromIso(instant))
  switch (event.name) {
    case 'case.opened':
      return say('public.step-received', { channel: say(`channel.${event.data.channel}`) })
    case 'case.redirected':
      return say('public.step-redirected', { number: event.data.number })
    case 'case.refused':
      return say('public.step-refused', {
        reason: ended(safe(event.data.reason)),
        referredTo: safe(event.data.referredTo),
      })
    case 'case.answered':
    case 'slip.answered':
      return say('public.step-answered')
    case 'competence.asked':
      return say('public.step-competence-asked')
    case 'competence.set':
      return say('public.step-competence-set', { agency: agency(event.data.agencyId) })
    case 'slip.received':
      return say('public.step-sent', { agency: agency(event.data.agencyId) })
    case 'slip.return-accepted':
      return say('public.step-return-accepted')
    case 'slip.promised':
      return say('public.step-promised', { at: at(event.data.completeAt) })
    case 'slip.postponed':
      return say('public.step-postponed', { at: at(event.data.newDueAt) })
    case 'slip.escalated':
      return say('public.step-escalated')
    case 'case.became-late':
      return say('public.step-late')
    case 'supplement.requested':
      return say('public.step-supplement-asked', { missing: event.data.missing.map(safe).join('; ') })
    case 'supplement.received':
      return say('public.step-supplemented')
    case 'pause.confirmed':
      return say('public.step-paused')
    case 'pause.ended':
      return say('public.step-resumed')
    case 'citizen.told':
      return say('public.step-told', { way: say(`way.${event.data.via}`) })
    case 'case.closed':
      return say('public.step-closed')
    case 'case.reopened':
      return say('public.step-reopened')
    case 'case.withdrawn':
      return say('public.step-withdrawn')
    case 'answer.published':
      return say('public.step-published')
    case 'case.rated':
      return say('public.step-rated')
    default:
      return null
  }
}

const ended = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`)
