import type { ClockMark } from '../../../src-shared/deadlines/clock.ts'
import type { OpenCase } from './open-cases.ts'
import type { PrefixSum } from './prefix-sum.ts'

/** What a clock must at least say; seconds since 1970. */
export interface Least {
  due: number
  used: number
  left: number
  late: number
}

/** One open case worked out by hand: only the sums its own kind needs, the calendars already chosen. */
export type ByHand = (now: number) => Least

type Mark<K extends ClockMark['kind']> = Extract<ClockMark, { kind: K }>

const EIGHT = 8 * 3600
const FORTY_EIGHT = 48 * 3600

/** @param sumsOf the prefix sum of an agency's calendar as it was known at an instant (epoch milliseconds). */
export function byHand({ kind, marks }: OpenCase, sumsOf: (agencyId: string, knownAt: number) => PrefixSum): ByHand {
  const first = marks[0] as Mark<'start'>
  const start = first.at / 1000
  const sums = sumsOf(first.holder.agencyId, first.at)
  const second = marks[1]
  switch (kind) {
    case 'fresh':
      return (now) => runningSince(sums, start, 0, EIGHT, now)
    case 'recounted': {
      const known = sumsOf(first.holder.agencyId, (second as Mark<'calendar'>).knownAt)
      return (now) => runningSince(known, start, 0, EIGHT, now)
    }
    case 'paused': {
      const [stop, resume] = [second!.at / 1000, marks[2]!.at / 1000]
      return (now) => {
        const used = sums.between(start, stop)
        if (used >= EIGHT) return pastDue(sums, sums.add(start, EIGHT), used, stop, resume, now)
        return runningSince(sums, resume, used, EIGHT - used, now)
      }
    }
    case 'supplemented': {
      const stop = second!.at / 1000
      return (now) => {
        const used = sums.between(start, stop)
        const resumes = sums.add(stop, 40 * 3600)
        if (used >= EIGHT) return pastDue(sums, sums.add(start, EIGHT), used, stop, resumes, now)
        const due = sums.add(resumes, EIGHT - used)
        return {
          due,
          used: used + Math.max(0, sums.between(resumes, Math.max(resumes, now))),
          left: EIGHT - used,
          late: 0,
        }
      }
    }
    case 'postponed': {
      const said = (second as Mark<'extend'>).dueAt / 1000
      return (now) => {
        const due = Math.max(said, sums.add(start, EIGHT))
        const left = now < due ? sums.between(now, due) : 0
        return { due, used: sums.between(start, now), left, late: now > due ? sums.between(due, now) : 0 }
      }
    }
    case 'handed-over': {
      const transfer = second as Mark<'transfer'>
      const heir = sumsOf(transfer.holder.agencyId, first.at)
      const at = transfer.at / 1000
      return (now) => {
        const used = sums.between(start, at)
        if (used < EIGHT) return runningSince(heir, at, used, EIGHT - used, now)
        const due = sums.add(start, EIGHT)
        const more = heir.between(at, now)
        return { due, used: used + more, left: 0, late: sums.between(due, at) + more }
      }
    }
    case 'with-head': {
      const escalated = marks[2]!.at / 1000
      const head = sumsOf(first.holder.agencyId, marks[2]!.at)
      return (now) => runningSince(head, escalated, 0, FORTY_EIGHT, now)
    }
  }
}

function runningSince(sums: PrefixSum, from: number, before: number, left: number, now: number): Least {
  const due = sums.add(from, left)
  const used = sums.between(from, now)
  return { due, used: before + used, left: Math.max(0, left - used), late: Math.max(0, used - left) }
}

function pastDue(sums: PrefixSum, due: number, used: number, stop: number, resume: number, now: number): Least {
  const more = now > resume ? sums.between(resume, now) : 0
  return { due, used: used + more, left: 0, late: sums.between(due, stop) + more }
}
