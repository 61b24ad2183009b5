import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type Policy, parsePolicy, policyInForce } from '../../../src-shared/deadlines/policy.ts'

const folder = new URL('../../../resources/policies/', import.meta.url)
const shipped = (id: string): unknown => JSON.parse(readFileSync(new URL(`${id}.json`, folder), 'utf8'))

function parsed(id: string): Policy {
  const result = parsePolicy(shipped(id))
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  return result.policy
}

const dongThap = parsed('dong-thap')
const dongNai = parsed('dong-nai')

describe('the packs that are shipped', () => {
  test('S4 in numbers: 8 and 48 working hours, one postponement, one supplement', () => {
    expect(dongThap).toMatchObject({
      focalOfficerWorkingHours: 8,
      headWorkingHours: 48,
      headReading: 'R1',
      focalClockStopsOn: 'result-and-citizen-told',
      postponement: { max: 1, promiseCounts: 'if-after-due' },
      supplement: { max: 1, stopsClock: true },
      onTimeRateBasis: 'due',
      bounceToOfficeAt: 2,
      callAttemptAfterHours: 'not-needed',
      difficultiesGoTo: 'office',
    })
    expect(dongNai.difficultiesGoTo).toBe('home-affairs')
  })

  test.each([
    ['dong-thap', dongThap],
    ['dong-nai', dongNai],
  ])('%s has what the rules name', (_id, policy) => {
    // S2 k.2: the reason that people will try is there, and says why it cannot be.
    const refused = policy.pauseReasons.filter((reason) => reason.refused)
    expect(refused.map((reason) => reason.code)).toEqual(['cho-y-kien-co-quan-khac'])
    expect(refused[0]!.why).toContain('448/UBND-HCC')
    // S4 Đ.4 k.6.
    expect(policy.redirectCards.map((card) => card.code)).toEqual(['113', '114', '115', 'complaint', 'denunciation'])
    // S4 Đ.6 and Đ.8 k.2.
    expect(policy.refusalReasons.map((reason) => reason.code)).toEqual(
      expect.arrayContaining([
        'khong-thuoc-tham-quyen',
        'khieu-nai-to-cao',
        'noi-dung-khong-ro',
        'thieu-thong-tin-lien-he',
        'khong-tieng-viet',
      ]),
    )
    // D10: never name, phone, address.
    expect(policy.publication.redact).toEqual(expect.arrayContaining(['name', 'phone', 'address']))
    // D7: whoever sees the Office's target also sees that no rule sets it.
    expect(policy.competence.label).toContain('không có trong Quy chế')
    const text = JSON.stringify(policy)
    expect(text).toBe(text.normalize('NFC'))
  })

  test('every source explains a value that exists', () => {
    for (const policy of [dongThap, dongNai]) {
      for (const name of Object.keys(policy.sources)) expect(policy).toHaveProperty(name)
    }
  })
})

describe('a pack that is wrong', () => {
  const { headWorkingHours: _left, ...withoutHead } = dongThap
  const twice = [...dongThap.refusalReasons, dongThap.refusalReasons[0]!]
  test.each<[string, unknown, string]>([
    ['a value missing', withoutHead, 'headWorkingHours'],
    ['a value of no rule', { ...dongThap, focalOficerWorkingHours: 8 }, 'focalOficerWorkingHours'],
    ['no working hours at all', { ...dongThap, headWorkingHours: 0 }, 'headWorkingHours'],
    ['an unknown reading', { ...dongThap, headReading: 'R4' }, 'headReading'],
    ['a date that does not exist', { ...dongThap, validFrom: '2026-02-30' }, 'validFrom'],
    ['a code twice', { ...dongThap, refusalReasons: twice }, `refusalReasons[${twice.length - 1}].code`],
    [
      'a code with marks',
      { ...dongThap, redirectCards: [{ ...dongThap.redirectCards[0]!, code: '116' }] },
      'redirectCards[0].code',
    ],
    [
      'a refused pause that does not say why',
      { ...dongThap, pauseReasons: [dongThap.pauseReasons[0], { code: 'x', label: 'X', refused: true }] },
      'pauseReasons[1].why',
    ],
    [
      'no reason that can pause',
      { ...dongThap, pauseReasons: [{ code: 'x', label: 'X', refused: true, why: 'Y' }] },
      'pauseReasons',
    ],
    [
      'hazards only, and none named',
      { ...dongThap, anonymous: { ...dongThap.anonymous, hazards: [] } },
      'anonymous.hazards',
    ],
    [
      'a role nobody has',
      { ...dongThap, pause: { ...dongThap.pause, confirmerRoles: ['mayor'] } },
      'pause.confirmerRoles[0]',
    ],
    [
      'reminders out of order',
      { ...dongThap, remindersBeforeDueMinutes: { focalOfficer: [60, 240], head: [] } },
      'remindersBeforeDueMinutes.focalOfficer',
    ],
    ['no pack at all', 'dong-thap', '(root)'],
  ])('%s', (_what, json, path) => {
    const result = parsePolicy(json)
    expect(result.ok ? [] : result.problems.map((each) => each.path)).toEqual([path])
  })
})

describe('which version is in force', () => {
  const versions = [
    { ...dongThap, version: 1, validFrom: '2019-12-02' },
    { ...dongThap, version: 2, validFrom: '2026-07-01' },
    { ...dongThap, version: 3, validFrom: '2026-07-01' },
  ]
  test.each([
    ['2019-12-01', null],
    ['2019-12-02', 1],
    ['2026-06-30', 1],
    ['2026-07-01', 3],
  ])('on %s: %s', (on, version) => {
    expect(policyInForce(versions, on)?.version ?? null).toBe(version)
  })
})
