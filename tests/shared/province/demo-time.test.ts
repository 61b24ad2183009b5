import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { fromIso } from '../../../src-shared/deadlines/instants.ts'
import { demoRefusalReasons } from '../../../src-shared/province/demo.ts'
import { openOfficeHours } from '../../../src-shared/province/hours.ts'
import { directory, pastCases, text } from './dong-thap.ts'

const calendars = new URL('../../../resources/calendars/', import.meta.url)
const files = readdirSync(calendars).filter((name) => name.endsWith('.json'))
const hours = openOfficeHours(
  files.map((name) => JSON.parse(readFileSync(new URL(name, calendars), 'utf8'))),
  directory,
)

const endOfThePast = fromIso('2026-11-20T17:00:00+07:00')
const slips = pastCases.flatMap(({ outcome, ...rest }) => {
  if (outcome.type !== 'slip') return []
  const receivedAt = fromIso(rest.openedAt) + outcome.sentMinutesAfter * 60_000
  const after = (workingMinutes: number) => hours.ofAgency(outcome.agencyId)!.add(receivedAt, workingMinutes * 60)
  return [{ ...rest, ...outcome, receivedAt, after }]
})
const unanswered = slips.filter((s) => s.answered === undefined)

describe('the past, in the working hours of each agency', () => {
  test('every slip was sent, and every answer given and told, before the past ends', () => {
    for (const s of slips) {
      expect(s.receivedAt, s.content).toBeLessThan(endOfThePast)
      if (s.answered === undefined) continue
      const toldAt = s.after(s.answered.workingMinutesAfter) + (s.toldMinutesAfter ?? 0) * 60_000
      expect(toldAt, s.content).toBeLessThan(endOfThePast)
    }
  })

  test('D3: a call attempt was made when the agency was open, and skipped when it was closed', () => {
    for (const s of slips) {
      const isOpen = hours.ofAgency(s.agencyId)!.isOpen(fromIso(s.openedAt))
      expect(s.callAttempt !== null, `${s.openedAt} ${s.agencyId}`).toBe(isOpen)
    }
  })

  test('S4 Đ.10 k.2: three old slips are past both times; none of the new ones is', () => {
    const isLate = (s: (typeof slips)[number]) => s.after((8 + 48) * 60) < endOfThePast
    expect(unanswered.filter(isLate).map((s) => s.openedAt < '2026-11-07')).toEqual([true, true, true])
  })

  test('the new ones fall due within the coming week', () => {
    for (const s of unanswered.filter((u) => u.openedAt >= '2026-11-17')) {
      expect(s.after(8 * 60), s.content).toBeLessThan(fromIso('2026-11-24T00:00:00+07:00'))
      expect(s.after((8 + 48) * 60), s.content).toBeGreaterThan(endOfThePast)
    }
  })
})

test('#8: the reasons the past refuses for are in the policy pack', () => {
  const pack: { refusalReasons: { code: string }[] } = JSON.parse(text('policies/dong-thap.json'))
  expect(pack.refusalReasons.map((r) => r.code)).toEqual(expect.arrayContaining([...demoRefusalReasons]))
})
