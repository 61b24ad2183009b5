import { describe, expect, test } from 'vitest'
import { pastCaseSchema } from '../../../src-shared/province/demo.ts'
import { isInForce } from '../../../src-shared/province/directory.ts'
import { articleInForce } from '../../../src-shared/province/knowledge.ts'
import { accounts, articles, citizens, demoFiles, directory, pastCases, text } from './dong-thap.ts'

const unique = (xs: readonly string[]) => expect(xs.filter((x, i) => xs.indexOf(x) !== i)).toEqual([])
const words = (s: string) => s.split(/\s+/).length
const slips = pastCases.flatMap((c) => (c.outcome.type === 'slip' ? [{ ...c, outcome: c.outcome }] : []))
const ofType = (type: string) => pastCases.filter((c) => c.outcome.type === type)

describe('the files', () => {
  test.each([...demoFiles, 'catalogues/channels.json'])('%s is in NFC', (name) => {
    expect(text(name) === text(name).normalize('NFC')).toBe(true)
  })

  test.each(demoFiles)('%s has no telephone number outside the block that is not assigned', (name) => {
    const inBlock = /^0277555\d{4}$/
    // Instants and dates are runs of digits too; what is left with nine or more is a number one could dial.
    const dialled = text(name)
      .replace(/\d{4}-\d{2}-\d{2}(T[\d:]+\+07:00)?/g, '')
      .match(/\+?\d(?:[ .]?\d){8,}/g)
    expect((dialled ?? []).filter((n) => !inBlock.test(n))).toEqual([])
  })
})

describe('people', () => {
  test('everyone has a name, an id, a username and a number of their own', () => {
    unique([...accounts.map((a) => a.name), ...citizens.map((c) => c.name)])
    unique([...accounts.map((a) => a.id), ...citizens.map((c) => c.id)])
    unique(accounts.map((a) => a.username))
    unique([
      ...accounts.map((a) => a.phone),
      ...citizens.map((c) => c.phone),
      ...directory.agencies.map((a) => a.phone),
    ])
  })

  test('the hotline is staffed: six agents, two supervisors, the office, home affairs, one administrator', () => {
    const count = (role: string) => accounts.filter((a) => a.role === role).length
    expect(['agent', 'supervisor', 'office', 'home-affairs', 'admin'].map(count)).toEqual([6, 2, 2, 1, 1])
  })

  test('usernames are ascii; an agency is set for focal officers and heads only', () => {
    for (const account of accounts) {
      expect(account.username).toMatch(/^[a-z]+\.[a-z0-9]+$/)
      const belongs = account.role === 'focal-officer' || account.role === 'head'
      expect(account.agencyId !== undefined, account.username).toBe(belongs)
      if (belongs) expect(directory.agencies.map((a) => a.id)).toContain(account.agencyId)
    }
  })

  test('citizens live in known areas and write from addresses that cannot exist', () => {
    expect(citizens.length).toBeGreaterThanOrEqual(80)
    const areaIds = new Set(directory.areas.map((a) => a.id))
    for (const citizen of citizens) {
      expect(areaIds.has(citizen.areaId), citizen.id).toBe(true)
      if (citizen.email !== undefined) expect(citizen.email).toMatch(/@example\.com$/)
    }
  })
})

describe('the past', () => {
  test('200 cases or more between 1/6 and 20/11/2026, in order, no two at one instant', () => {
    expect(pastCases.length).toBeGreaterThanOrEqual(200)
    const times = pastCases.map((c) => c.openedAt)
    expect(times).toEqual([...times].sort())
    expect(times[0]! >= '2026-06-01').toBe(true)
    expect(times.at(-1)! < '2026-11-20T17:00').toBe(true)
    unique(times)
  })

  test('every id it uses exists', () => {
    const fields = new Set(directory.fields.filter((f) => f.parentId !== null).map((f) => f.id))
    const areas = new Set(directory.areas.map((a) => a.id))
    const people = new Set(citizens.map((c) => c.id))
    const channels = new Set(directory.channels.map((c) => c.channel))
    for (const c of pastCases) {
      expect(fields.has(c.fieldId), c.fieldId).toBe(true)
      expect(areas.has(c.areaId), c.areaId).toBe(true)
      expect(channels.has(c.channel), c.channel).toBe(true)
      if (c.citizenId !== null) expect(people.has(c.citizenId), c.citizenId).toBe(true)
    }
  })

  test('#10: an article that answered was in force on that day and is of the same field', () => {
    for (const c of pastCases) {
      if (c.outcome.type !== 'answer') continue
      const article = articleInForce(articles, c.outcome.articleId, c.openedAt.slice(0, 10))
      expect(article?.fieldId, `${c.outcome.articleId} on ${c.openedAt}`).toBe(c.fieldId)
    }
  })

  test('a slip went to an agency that was in force, handles the field and covers the place', () => {
    for (const c of slips) {
      const agency = directory.agencies.find((a) => a.id === c.outcome.agencyId)
      expect(agency !== undefined && isInForce(agency, c.openedAt.slice(0, 10)), c.outcome.agencyId).toBe(true)
      expect(agency!.fieldIds, `${agency!.id}: ${c.content}`).toContain(c.fieldId)
      if (agency!.areaIds !== undefined) expect(agency!.areaIds).toContain(c.areaId)
    }
  })

  test('levels 1, 2 and 3, late ones, refusals, redirects and open ones are all there', () => {
    const answered = (by: string, test: (workingMinutes: number) => boolean) =>
      slips.filter((c) => c.outcome.answered?.by === by && test(c.outcome.answered.workingMinutesAfter)).length
    // S4 Đ.10 k.1: 8 working hours for the focal officer; k.2, read as R1: 48 more for the head.
    expect(answered('focal-officer', (m) => m > 480)).toBe(0)
    expect(answered('head', (m) => m <= 480)).toBe(0)
    expect(answered('focal-officer', (m) => m <= 480)).toBeGreaterThanOrEqual(75)
    expect(answered('head', (m) => m <= 480 + 2880)).toBeGreaterThanOrEqual(12)
    expect(answered('head', (m) => m > 480 + 2880)).toBeGreaterThanOrEqual(3)
    expect(ofType('answer').length).toBeGreaterThanOrEqual(80)
    expect(ofType('refuse').length).toBeGreaterThanOrEqual(10)
    expect(ofType('redirect').length).toBeGreaterThanOrEqual(7)
    const open = slips.filter((c) => c.outcome.answered === undefined)
    expect(open.filter((c) => c.openedAt >= '2026-11-17')).toHaveLength(12)
    expect(open.filter((c) => c.openedAt < '2026-11-07')).toHaveLength(3)
    expect(open).toHaveLength(15)
  })

  test('#61: about half of the closed slips were rated, and not all of them well', () => {
    const closed = slips.filter((c) => c.outcome.closed === true)
    const ratings = closed.flatMap((c) => c.outcome.rating ?? [])
    expect(ratings.length / closed.length).toBeGreaterThan(0.35)
    expect(ratings.length / closed.length).toBeLessThan(0.65)
    expect(ratings.some((r) => r <= 3)).toBe(true)
  })

  test('#7, D12: only a refused case may lack its citizen', () => {
    for (const c of pastCases) if (c.citizenId === null) expect(c.outcome.type).toBe('refuse')
  })

  test('no text is said twice, and a petition is 20 to 80 words', () => {
    unique(pastCases.map((c) => c.content))
    unique(pastCases.flatMap((c) => (c.outcome.type === 'answer' ? [c.outcome.text] : [])))
    unique(slips.flatMap((c) => c.outcome.answered?.text ?? []))
    for (const { content } of pastCases) {
      expect(words(content), content).toBeGreaterThanOrEqual(20)
      expect(words(content), content).toBeLessThanOrEqual(80)
      expect(content).not.toMatch(/[{}]/)
    }
  })

  test('#67: no petition or answer names a person of the demonstration', () => {
    const names = [...accounts, ...citizens].map((p) => p.name)
    const said = pastCases.map((c) => JSON.stringify(c)).join('\n')
    expect(names.filter((n) => said.includes(n))).toEqual([])
  })
})

describe('a script that could not have happened is refused', () => {
  const closed = slips.find((c) => c.outcome.closed === true && c.outcome.callAttempt !== null)!
  const changed = (outcome: object) => pastCaseSchema.safeParse({ ...closed, outcome })
  const { outcome } = closed
  test('#14: neither a call attempt nor a reason for none', () => {
    expect(changed({ ...outcome, callAttempt: null }).success).toBe(false)
  })
  test('a call attempt after the slip', () => {
    expect(
      changed({ ...outcome, callAttempt: { minutesAfter: 99, result: 'busy' }, sentMinutesAfter: 5 }).success,
    ).toBe(false)
  })
  test('#31: closed before the citizen was told', () => {
    expect(changed({ ...outcome, toldMinutesAfter: undefined }).success).toBe(false)
  })
  test('rated while still open', () => {
    expect(changed({ ...outcome, closed: false, rating: 5 }).success).toBe(false)
  })
})
