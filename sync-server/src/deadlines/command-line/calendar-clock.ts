import { type CalendarChain, knowledgeInstants } from '../../../../src-shared/deadlines/calendar-chain.ts'
import { FIRST_YEAR, LAST_YEAR } from '../../../../src-shared/deadlines/calendar-problems.ts'
import type { Instant } from '../../../../src-shared/deadlines/instants.ts'
import { compileWorkingTime, type WorkingTime } from '../../../../src-shared/deadlines/working-time.ts'
import { instantWriter } from './instant-text.ts'
import type { Trouble } from './trouble.ts'

/** One calendar as it was known at any instant. Instants are epoch ms; `asKnownAt` null means all that the file says. */
export interface CalendarClock {
  /** In the calendar's zone, with its offset and whole seconds. */
  write(instant: Instant): string
  /** @param hours working hours, of which a fraction of a second is dropped (D6). */
  due(from: Instant, hours: number, asKnownAt: Instant | null): Instant | Trouble
  /** Working seconds, negative when `to` is earlier. */
  between(from: Instant, to: Instant, asKnownAt: Instant | null): number | Trouble
  workingTime(asKnownAt: Instant | null): WorkingTime
}

export function openCalendarClock(chain: CalendarChain): CalendarClock {
  const knownAt = knowledgeInstants(chain)
  // One compilation for all instants between two acts; most files need one or two of them.
  const compiled: (WorkingTime | undefined)[] = new Array(knownAt.length + 1)
  const write = instantWriter(chain[0].timeZone)

  const workingTime = (asKnownAt: Instant | null): WorkingTime => {
    let version = knownAt.length
    if (asKnownAt !== null) while (version > 0 && knownAt[version - 1]! > asKnownAt) version -= 1
    let found = compiled[version]
    if (found === undefined) {
      const cut = asKnownAt === null ? {} : { asKnownAt }
      found = compileWorkingTime(chain, { fromYear: FIRST_YEAR, toYear: LAST_YEAR, ...cut })
      compiled[version] = found
    }
    return found
  }
  const outside = (time: WorkingTime, instants: Record<string, Instant>): Trouble | null => {
    for (const [field, instant] of Object.entries(instants)) {
      if (isWithin(time, instant)) continue
      return { key: 'clock.out-of-range', params: { field, firstYear: FIRST_YEAR, lastYear: LAST_YEAR } }
    }
    return null
  }

  return {
    write,
    workingTime,
    due(from, hours, asKnownAt) {
      if (!(hours >= 0)) return { key: 'clock.bad-hours', params: { value: hours } }
      const time = workingTime(asKnownAt)
      try {
        // 2.3 × 3600 is 8279.999… in binary: a millionth of a second is nobody's time, a lost second is.
        return time.add(from, Math.floor(hours * 3600 + 1e-6))
      } catch (failure) {
        if (!(failure instanceof RangeError)) throw failure
        return outside(time, { from }) ?? { key: 'clock.exhausted', params: { hours, lastYear: LAST_YEAR } }
      }
    },
    between(from, to, asKnownAt) {
      const time = workingTime(asKnownAt)
      try {
        return time.between(from, to)
      } catch (failure) {
        const trouble = failure instanceof RangeError ? outside(time, { from, to }) : null
        if (trouble === null) throw failure
        return trouble
      }
    },
  }
}

function isWithin(time: WorkingTime, instant: Instant): boolean {
  try {
    time.isOpen(instant)
    return true
  } catch {
    return false
  }
}
