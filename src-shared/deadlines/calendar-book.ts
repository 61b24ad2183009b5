import { type Calendar, parseCalendar } from './calendar.ts'
import { actsKnown, type CalendarChain, chainOf, knowledgeInstants } from './calendar-chain.ts'
import { type CalendarProblem, problem } from './calendar-problems.ts'
import type { Instant } from './instants.ts'
import { compileWorkingTime, type WorkingTime } from './working-time.ts'

/** All calendars of a province. Working times are compiled when first asked for and kept. */
export interface CalendarBook {
  readonly ids: readonly string[]
  /** The calendar and those it inherits from; throws for an id the book does not hold, which is a bug of the caller. */
  chain(calendarId: string): CalendarChain
  /** Without `asKnownAt` everything known now. Cheap to call for each case: one compilation serves all instants between two acts. */
  workingTime(calendarId: string, asKnownAt?: Instant): WorkingTime
  /** The acts that changed the calendar after `after` and not after `until`, earliest first (D14). */
  actsKnown(calendarId: string, after: Instant, until: Instant): readonly string[]
}

export type OpenedBook = { ok: true; book: CalendarBook } | { ok: false; problems: CalendarProblem[] }

export interface CalendarSource {
  /** The name problems are reported under: a file, a form. */
  where: string
  json: unknown
}

/** Parses every source and resolves inheritance; all problems of all sources are reported together. */
export function openCalendarBook(
  sources: readonly CalendarSource[],
  years: { fromYear?: number; toYear?: number } = {},
): OpenedBook {
  const problems: CalendarProblem[] = []
  const calendars = new Map<string, Calendar>()
  for (const { where, json } of sources) {
    const parsed = parseCalendar(json, where)
    if (!parsed.ok) problems.push(...parsed.problems)
    else if (calendars.has(parsed.calendar.id)) {
      const { id } = parsed.calendar
      problems.push(problem(`${where}: id`, 'calendar-twice', { value: id }, `there are two calendars "${id}"`))
    } else calendars.set(parsed.calendar.id, parsed.calendar)
  }
  if (problems.length > 0) return { ok: false, problems }

  const chains = new Map<string, CalendarChain>()
  for (const id of calendars.keys()) {
    const resolved = chainOf(id, calendars)
    if (resolved.ok) chains.set(id, resolved.chain)
    else problems.push(...resolved.problems)
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, book: bookOf(chains, years) }
}

function bookOf(
  chains: ReadonlyMap<string, CalendarChain>,
  years: { fromYear?: number; toYear?: number },
): CalendarBook {
  // One working time for each number of acts known: a clock is read by the instant it began, and of those there are very many.
  const compiled = new Map<string, (WorkingTime | undefined)[]>()
  const knowledge = new Map<string, Instant[]>()
  const between = new Map<string, (readonly string[])[][]>()
  const chain = (calendarId: string): CalendarChain => {
    const found = chains.get(calendarId)
    if (!found) throw new Error(`no calendar "${calendarId}"; the book holds ${[...chains.keys()].join(', ')}`)
    return found
  }
  const known = (calendarId: string): readonly Instant[] => {
    const instants = knowledge.get(calendarId) ?? knowledgeInstants(chain(calendarId))
    knowledge.set(calendarId, instants)
    return instants
  }
  return {
    ids: [...chains.keys()],
    chain,
    workingTime(calendarId, asKnownAt) {
      const instants = known(calendarId)
      const version = asKnownAt === undefined ? instants.length : countUntil(instants, asKnownAt)
      let versions = compiled.get(calendarId)
      if (!versions) {
        versions = []
        compiled.set(calendarId, versions)
      }
      let workingTime = versions[version]
      if (!workingTime) {
        const cut = asKnownAt === undefined ? {} : { asKnownAt }
        workingTime = compileWorkingTime(chain(calendarId), { ...years, ...cut })
        versions[version] = workingTime
      }
      return workingTime
    },
    actsKnown: (calendarId, after, until) => {
      const instants = known(calendarId)
      const [first, last] = [countUntil(instants, after), countUntil(instants, until)]
      // Asked for every case at every act, and nearly always nothing has been entered since.
      if (first >= last) return NO_ACTS
      // And when something has, for every open case between the same two.
      let gathered = between.get(calendarId)
      if (!gathered) {
        gathered = []
        between.set(calendarId, gathered)
      }
      const since = gathered[first] ?? []
      gathered[first] = since
      const acts = since[last] ?? actsKnown(chain(calendarId), after, until)
      since[last] = acts
      return acts
    },
  }
}

const NO_ACTS: readonly string[] = []

/** How many of the ascending instants have come by `at`. */
function countUntil(instants: readonly Instant[], at: Instant): number {
  let count = instants.length
  while (count > 0 && instants[count - 1]! > at) count -= 1
  return count
}
