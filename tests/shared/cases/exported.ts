import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { type CaseFile, fileHash, makeCaseFile } from '../../../src-shared/cases/case-export.ts'
import { chainInput, chainStart } from '../../../src-shared/cases/chain.ts'
import type { CaseEvent, RegisteredEvent } from '../../../src-shared/cases/events.ts'
import { openCalendarBook } from '../../../src-shared/deadlines/calendar-book.ts'
import type { Directory } from '../../../src-shared/province/directory.ts'
import { openOfficeHours } from '../../../src-shared/province/hours.ts'
import { dongThap, keeper, lateCause, people, type Scene, scene } from './scene.ts'

export const sha256Hex = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex')

const offices = JSON.parse(readFileSync('resources/calendars/dong-thap-offices.json', 'utf8')) as Calendar
export interface Calendar {
  id: string
  weeks: { hours: Record<string, string[]> }[]
  days: { on: string; working: string[]; kind?: string; reason: string; act: string; knownAt: string }[]
}
const storm = { on: '2026-10-12', working: [], kind: 'closed', reason: 'nghỉ do bão', act: '12/TB-UBND' }
/** The offices' calendar, and a day off that became known at an instant. */
export const calendarsWith = (knownAt: string): Calendar[] => [
  { ...offices, days: [...offices.days, { ...storm, knownAt }] },
]
/** In the middle of the eventful case. */
export const calendars = calendarsWith('2026-10-08T09:00:00+07:00')
const agencies = [
  { id: 'so-xay-dung', name: 'Sở Xây dựng', calendarId: 'dong-thap-offices' },
  { id: 'cap-nuoc', name: 'Công ty Cấp nước', calendarId: 'dong-thap-offices' },
  { id: 'so-y-te', name: 'Sở Y tế', calendarId: 'dong-thap-offices' },
] as unknown as Directory['agencies']

/** Numbered and chained, as the register does it. */
export function registered(journal: readonly CaseEvent[]): RegisteredEvent[] {
  let prevHash = chainStart
  return journal.map((event, index) => {
    const numbered = { ...event, seq: 100 + index, caseSeq: index + 1 } as Omit<RegisteredEvent, 'hash' | 'prevHash'>
    const hash = sha256Hex(chainInput(prevHash, numbered))
    const whole = { ...numbered, prevHash, hash } as RegisteredEvent
    prevHash = hash
    return whole
  })
}

/** The file as it comes out of the server: JSON, and nothing that only a program would know. */
export function fileOf({ journal }: Scene, exportedAt: string, known = calendars): Forged {
  const events = registered(journal)
  const parts = {
    exportedAt,
    provinceId: 'dong-thap',
    provinceName: 'Đồng Tháp',
    headHash: events.at(-1)!.hash,
    events,
    agencies,
    calendars: known,
    policies: [dongThap],
    hours: openOfficeHours(known, { agencies }),
  }
  return JSON.parse(JSON.stringify(makeCaseFile(parts, sha256Hex))) as Forged
}

/** A file in somebody's hands: everything can be written. */
export type Forged = Omit<CaseFile, 'events' | 'calendars' | 'policies' | 'format'> & {
  format: string
  events: (CaseEvent & {
    seq: number
    caseSeq: number
    prevHash: string
    hash: string
    data: Record<string, unknown>
  })[]
  calendars: Calendar[]
  policies: Record<string, unknown>[]
}

/** What a skilled forger does last: every hash again. */
export function reseal(file: Forged, { chain = true } = {}): Forged {
  if (chain) {
    file.events = registered(file.events.map(({ prevHash: _p, hash: _h, ...event }) => event as CaseEvent)) as never
    file.headHash = file.events.at(-1)!.hash
  }
  file.fileHash = fileHash(file, sha256Hex)
  return file
}

/**
 * A case in which everything that a clock can do happens: reminded, waiting for the citizen, paused, escalated, recounted for
 * a day off, postponed, late, answered with its cause, closed and reopened.
 */
export function eventful(): Scene {
  const s = scene('2026-10-05T08:00:00+07:00')
  const opened = openCalendarBook(calendars.map((json) => ({ where: 'calendars', json })))
  if (!opened.ok) throw new Error(JSON.stringify(opened.problems))
  s.book = opened.book
  s.open().send()
  s.at('2026-10-05T14:00').do('clock.remind', {}, keeper)
  s.at('2026-10-05T14:30').do('supplement.request', { missing: ['ảnh hiện trường'] }, people.officer)
  s.at('2026-10-05T16:00').do('supplement.receive', { text: 'Gần cầu Đình Trung.' })
  s.at('2026-10-06T07:30').do(
    'pause.request',
    { reasonCode: 'thien-tai-dich-benh', explanation: 'Bão' },
    people.officer,
  )
  s.at('2026-10-06T08:00').do('pause.confirm', {}, people.office)
  s.at('2026-10-06T09:30').do('pause.end', {}, people.officer)
  s.now = s.clock.dueAt! + 1000
  s.do('clock.escalate', {}, keeper)
  s.at('2026-10-08T09:00:05+07:00').do('clock.recount', {}, keeper)
  s.do('slip.postpone', { newDueAt: '2026-10-16T17:00:00+07:00', reason: 'Chờ vật tư' }, people.head)
  s.at('2026-10-16T17:00:01+07:00').do('clock.escalate', {}, keeper)
  s.at('2026-10-19T09:00')
  const citizenTold = { via: 'call', at: '2026-10-19T09:00:00+07:00' }
  s.do('slip.answer', { text: 'Đã vá mặt đường.', citizenTold, lateCause }, people.head)
  s.at('2026-10-19T10:00').close()
  s.at('2026-10-20T08:00').do('case.reopen', { reason: 'Chưa vá hết.' })
  return s
}
