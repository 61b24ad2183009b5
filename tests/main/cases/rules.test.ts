import { describe, expect, test } from 'vitest'
import { openRules } from '../../../src-main/cases/rules.ts'
import { type Reference, referenceSchema } from '../../../src-shared/api/sync.ts'
import { fromIso, toIso } from '../../../src-shared/deadlines/instants.ts'
import type { Policy } from '../../../src-shared/deadlines/policy.ts'
import { readConfig } from '../../../sync-server/src/config.ts'
import { readProvince } from '../../../sync-server/src/demo/province-files.ts'

const { fingerprint: _, policies, ...province } = readProvince(readConfig({}))
const first = policies[0] as Policy
const second: Policy = {
  ...first,
  version: 2,
  validFrom: '2026-11-17',
  focalOfficerWorkingHours: 6,
  remindersBeforeDueMinutes: { focalOfficer: [60], head: [480] },
}
const reference = (more: Partial<Reference>): Reference =>
  referenceSchema.parse(JSON.parse(JSON.stringify({ ...province, revision: 1, policy: first, ...more })))

const today = fromIso('2026-11-16T23:59:59+07:00')
const tomorrow = fromIso('2026-11-17T00:00:00+07:00')

describe('the rules a desk predicts by', () => {
  const rules = openRules(reference({ policies: [second, first] }))
  const hoursAt = (now: number, openedAt: number | null) =>
    rules.context(now, openedAt === null ? null : { openedAt: toIso(openedAt) }).policy.focalOfficerWorkingHours

  test('a case is ruled by the version in force on the day it was opened; one being opened, by that of today', () => {
    expect([hoursAt(today, null), hoursAt(tomorrow, null)]).toEqual([8, 6])
    expect([hoursAt(tomorrow, today), hoursAt(tomorrow, tomorrow)]).toEqual([8, 6])
  })

  test('#28: "Sắp trễ" begins with the first reminder of the case’s own version', () => {
    const clock = {
      state: 'running' as const,
      level: 'focal-officer' as const,
      agencyId: 'so-xay-dung' as never,
      calendarId: 'dong-thap-offices',
      startedAt: toIso(today),
      dueAt: '2026-11-18T17:00:00+07:00',
      endedAt: null,
      isLate: false,
      correctedDueAt: null,
      isProvisional: false,
    }
    const soon = (openedAt: number) => toIso(rules.soonAt({ openedAt: toIso(openedAt) }, clock)!)
    expect(soon(today)).toBe('2026-11-18T11:00:00+07:00')
    expect(soon(tomorrow)).toBe('2026-11-18T16:00:00+07:00')
  })

  test('a server of an older version sends one policy, and it rules every case', () => {
    const older = openRules(reference({}))
    expect(older.policyOf(today)).toEqual(older.policyOf(tomorrow))
    expect(older.policyOf(today).version).toBe(1)
  })

  test('a case from before the first version is ruled by the first', () => {
    expect(rules.policyOf(fromIso('2018-01-02T08:00:00+07:00')).version).toBe(1)
  })

  test('a policy that cannot be read is named, whichever of them it is', () => {
    const broken = { ...second, headReading: 'R9' }
    expect(() => openRules(reference({ policies: [first, broken] }))).toThrow(/policies\[1\]\.headReading/)
  })
})
