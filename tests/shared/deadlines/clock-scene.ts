import { type ClockHolder, type ClockMark, readClock } from '../../../src-shared/deadlines/clock.ts'
import { type Instant, toIso } from '../../../src-shared/deadlines/instants.ts'
import { hours, local, openShipped } from './shipped-calendars.ts'

export const book = openShipped()
export const officer: ClockHolder = { agencyId: 'so-xay-dung', personName: 'Cán bộ A' }
export const successor: ClockHolder = { agencyId: 'so-xay-dung', personName: 'Cán bộ B' }
export const centre: ClockHolder = { agencyId: 'trung-tam-hcc' }
export const head: ClockHolder = { agencyId: 'so-xay-dung', personName: 'Thủ trưởng' }

export const workingTimeFor = (holder: ClockHolder, knownAt: Instant) =>
  book.workingTime(holder.agencyId === 'trung-tam-hcc' ? 'dong-thap-service-centres' : 'dong-thap-offices', knownAt)

export const read = (now: string, marks: ClockMark[], knownAt?: Instant) =>
  readClock(marks, { workingTimeFor, now: local(now), ...(knownAt === undefined ? {} : { knownAt }) })

export const start = (at: string, holder = officer): ClockMark => ({
  kind: 'start',
  at: local(at),
  level: 'focal-officer',
  holder,
  allowanceSeconds: hours(8),
})
export const startHead = (at: string, reading: 'R1' | 'R2' | 'R3' = 'R1'): ClockMark => ({
  kind: 'start',
  at: local(at),
  level: 'head',
  holder: head,
  allowanceSeconds: hours(48),
  reading,
})
export const stop = (at: string, reason: 'supplement' | 'pause', capHours?: number): ClockMark => ({
  kind: 'stop',
  at: local(at),
  reason,
  ...(capHours === undefined ? {} : { capSeconds: hours(capHours) }),
})
export const resume = (at: string, reason: 'supplement' | 'pause'): ClockMark => ({
  kind: 'resume',
  at: local(at),
  reason,
})
export const end = (at: string): ClockMark => ({ kind: 'end', at: local(at) })
export const due = (at: string) => toIso(local(at))
export const iso = (at: Instant | null | undefined) => (at == null ? at : toIso(at))
