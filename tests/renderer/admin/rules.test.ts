import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { policyRows, standingOf } from '../../../src-renderer/admin/policy-values.ts'
import { emptyWhatIf, questionOf, type WhatIfForm } from '../../../src-renderer/admin/what-if.ts'
import type { Say } from '../../../src-renderer/session/words.ts'
import { whatIfSchema } from '../../../src-shared/api/deadlines.ts'
import { type Policy, parsePolicy, policyInForce, policySchema } from '../../../src-shared/deadlines/policy.ts'
import { type Language, say } from '../../../src-shared/words/words.ts'

const speak =
  (language: Language): Say =>
  (key, params) =>
    say(language, key, params)

const packs = ['dong-thap', 'dong-nai'].map((id) => {
  const url = new URL(`../../../resources/policies/${id}.json`, import.meta.url)
  const parsed = parsePolicy(JSON.parse(readFileSync(url, 'utf8')))
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  return parsed.policy
})
const [pack] = packs as [Policy, ...Policy[]]

describe('the values of a pack', () => {
  test.each(packs)('$id: every value has a label and is in words, in both languages', (policy) => {
    for (const language of ['vi', 'en'] as const) {
      const rows = policyRows(policy, speak(language))
      for (const { name, label, value } of rows) {
        expect(label, name).not.toMatch(/policy\./)
        expect(value, name).toBeTruthy()
        expect(value, name).not.toMatch(/\{|undefined|object Object|policy\./)
      }
    }
  })

  test('none of the pack is left out, and each has the source that the pack names', () => {
    const rows = policyRows(pack, speak('vi'))
    const names = Object.keys(policySchema.parse(pack)).filter(
      (name) => !['id', 'version', 'province', 'validFrom', 'sources'].includes(name),
    )
    expect(rows.map(({ name }) => name).sort()).toEqual(names.sort())
    expect(rows.find(({ name }) => name === 'focalOfficerWorkingHours')).toMatchObject({
      value: '8 giờ làm việc',
      source: pack.sources.focalOfficerWorkingHours,
    })
    expect(rows.find(({ name }) => name === 'clockToleranceMs')?.source).toBeNull()
  })

  test('of several versions one is in force on a day, later ones are coming, earlier ones replaced', () => {
    const versions = [
      pack,
      { ...pack, version: 2, validFrom: '2026-06-01' },
      { ...pack, version: 3, validFrom: '2027-01-01' },
    ]
    const on = '2026-11-22'
    const standings = standingOf(versions, policyInForce(versions, on), on)
    expect(standings.map(({ policy, standing }) => [policy.version, standing])).toEqual([
      [3, 'coming'],
      [2, 'in-force'],
      [1, 'past'],
    ])
  })
})

describe('the question "what if"', () => {
  const none: Parameters<typeof questionOf>[1] = { calendarId: 'offices', days: [], weeks: [] }
  const form = (change: Partial<WhatIfForm>): WhatIfForm => ({ ...emptyWhatIf('2026-11-22', 'offices'), ...change })
  const question = (change: Partial<WhatIfForm>, pending = none) => {
    const answer = questionOf(form(change), pending)
    return answer.ok ? whatIfSchema.parse(answer.question) : answer.problems
  }

  test('both days are whole days of the province', () => {
    expect(question({ from: '01/10/2026', to: '31/10/2026', headHours: '40' })).toEqual({
      openedFrom: '2026-10-01T00:00:00+07:00',
      openedTo: '2026-11-01T00:00:00+07:00',
      headWorkingHours: 40,
    })
  })

  test('hours with a Vietnamese comma, another reading, another calendar', () => {
    expect(
      question({ focalOfficerHours: '4,5', reading: 'R2', calendar: 'other', useInstead: 'centres' }),
    ).toMatchObject({
      focalOfficerWorkingHours: 4.5,
      headReading: 'R2',
      otherCalendar: { calendarId: 'offices', useInstead: 'centres' },
    })
  })

  test('entries that wait to be written can be tried first', () => {
    const days = [{ on: '2026-11-24', working: [], kind: 'holiday' as const, reason: 'r', act: 'a' }]
    expect(question({ calendar: 'pending' }, { ...none, days })).toMatchObject({
      entries: { calendarId: 'offices', days },
    })
    expect(question({ calendar: 'pending' })).toEqual({ calendar: 'whatIf.noPending' })
  })

  test.each([
    [{}, { reading: 'whatIf.nothingOther' }],
    [{ headHours: '0' }, { headHours: 'whatIf.badHours' }],
    [{ headHours: 'tám' }, { headHours: 'whatIf.badHours' }],
    [{ headHours: '8', from: '31/12/2026' }, { to: 'whatIf.reversed' }],
    [{ headHours: '8', from: '30/02/2026' }, { from: 'whatIf.dateMissing' }],
    [{ calendar: 'other' as const }, { useInstead: 'whatIf.calendarMissing' }],
    [{ calendar: 'other' as const, useInstead: 'offices' }, { useInstead: 'whatIf.calendarSame' }],
  ])('%j is answered in the form', (change, problems) => {
    expect(question(change)).toEqual(problems)
  })
})
