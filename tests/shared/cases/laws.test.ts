import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { apply, fold } from '../../../src-shared/cases/apply.ts'
import { type CommandName, commandNames } from '../../../src-shared/cases/commands.ts'
import { describeEvent } from '../../../src-shared/cases/journal-words.ts'
import { isFinal, isWithAgency } from '../../../src-shared/cases/lifecycle.ts'
import { toIso } from '../../../src-shared/deadlines/instants.ts'
import { availableCommands } from '../../../src-shared/people/permissions.ts'
import { roles } from '../../../src-shared/people/roles.ts'
import { isWordKey, say } from '../../../src-shared/words/words.ts'
import {
  citizen,
  dongThap,
  keeper,
  lateCause,
  openInput,
  people,
  roads,
  Scene,
  sendInput,
  water,
  who,
} from './scene.ts'

interface Step {
  name: CommandName
  by: keyof typeof actors
  /** Minutes since the step before. */
  wait: number
  /** Which of the inputs below; the last ones are wrong on purpose. */
  variant: number
}
const actors = { ...people, citizen, keeper }

const ahead = (s: Scene, hours: number) => toIso(s.now + hours * 3_600_000)
const signature = { name: 'Trần Thủ Trưởng', signedOn: '2026-10-05' }
const act = { number: '15/VP-KSTT', signedBy: 'Chánh Văn phòng', signedOn: '2026-10-05' }
const consultId = (variant: number) => `k${variant % 2}`
const inputs: Partial<Record<CommandName, (s: Scene, variant: number) => object>> = {
  'case.open': (_, v) => (v === 2 ? { ...openInput, content: '' } : openInput),
  'case.amend': (_, v) => ({ reason: 'x', ...(v === 1 ? { citizen: { ...who, name: '' } } : { kind: 'petition' }) }),
  'case.redirect': () => ({ code: openInput.code, card: '115', number: '115', citizen: who }),
  'case.refuse': (s, v) => ({
    reasonCode: 'quay-roi',
    reason: 'x',
    referredTo: v === 1 ? '' : 'UBND xã',
    toldVia: 'call',
    toldAt: toIso(s.now),
  }),
  'case.answer': (s, v) => ({
    text: 'Trả lời',
    article: v === 2 ? null : { id: 'a', version: 1 },
    citizenTold: v === 1 ? { via: 'call', at: toIso(s.now) } : null,
  }),
  'competence.ask': () => ({ question: '?' }),
  'competence.set': () => ({ agencyId: roads, reason: 'x' }),
  'slip.send': (_, v) => sendInput(v === 1 ? water : roads),
  'slip.answer': (s, v) => ({
    text: 'Xong',
    citizenTold: v === 1 ? { via: 'call', at: toIso(s.now) } : null,
    ...(v === 2 || !s.case.isLate ? {} : { lateCause }),
  }),
  'slip.transfer': (_, v) => ({ agencyId: v === 1 ? water : roads, reason: 'Sáp nhập', act: v === 2 ? '' : '12/QĐ' }),
  'lateness.explain': (_, v) => ({ ...lateCause, ...(v === 2 ? { causeCode: 'khong-co' } : {}) }),
  'lateness.lift': (_, v) => ({
    act: { ...act, ...(v === 2 ? { signedOn: null } : {}) },
    reason: 'Lịch nghỉ nhập chậm',
  }),
  'slip.promise': (s, v) => ({ completeAt: ahead(s, [2, 30, 1000][v]!), reason: 'x' }),
  'slip.postpone': (s, v) => ({ newDueAt: ahead(s, [30, 48, 1000][v]!), reason: 'x' }),
  'slip.return': () => ({ reason: 'x' }),
  'slip.reject-return': () => ({ reason: 'x' }),
  'slip.remind': () => ({ note: 'x' }),
  'supplement.request': (_, v) => ({ missing: v === 2 ? [] : ['Ảnh'] }),
  'supplement.receive': () => ({ text: 'Ảnh' }),
  'pause.request': (_, v) => ({
    reasonCode: v === 2 ? 'cho-y-kien-co-quan-khac' : 'thien-tai-dich-benh',
    explanation: 'x',
  }),
  'pause.refuse': () => ({ reason: 'x' }),
  'consult.ask': (s, v) => ({ consultId: consultId(v), agencyId: water, question: '?', replyBy: ahead(s, 24) }),
  'consult.reply': (_, v) => ({ consultId: consultId(v), text: 'x' }),
  'consult.remind': (_, v) => ({ consultId: consultId(v) }),
  'case.withdraw': (_, v) => ({ requestScan: 'don.pdf', headSignature: v === 1 ? null : signature }),
  'citizen.tell': (s, v) => ({ via: 'call', at: ahead(s, v === 2 ? 1 : -1) }),
  'case.close': (s) => ({ proof: 'x', contactedAt: toIso(s.now) }),
  'case.reopen': () => ({ reason: 'x' }),
  'answer.publish': (_, v) => ({ question: 'Đường hư?', answer: v === 1 ? 'Gọi 0912345678' : 'Đã sửa.' }),
  'answer.unpublish': () => ({ reason: 'x' }),
  'case.rate': () => ({ score: 4 }),
  'urging.send': (s, v) => ({
    urgingId: `u${v % 2}`,
    kind: v === 2 ? 'urge' : 'explain',
    letter: act,
    signedFor: 'office',
    content: 'x',
    replyBy: ahead(s, 24),
  }),
  'urging.reply': (_, v) => ({ urgingId: `u${v % 2}`, text: 'x' }),
  'recording.request': (_, v) => ({ recordingId: `r${v}`, reason: 'x' }),
  'recording.grant': (s, v) => ({ recordingId: `r${v}`, agencyId: roads, untilAt: ahead(s, 24) }),
  'recording.deny': (_, v) => ({ recordingId: `r${v}`, agencyId: roads, reason: 'x' }),
  'recording.listen': (_, v) => ({ recordingId: `r${v}` }),
  'recording.attach': (s, v) => ({
    recordingId: `r${v}`,
    callId: 'c',
    startedAt: toIso(s.now),
    durationMs: 1,
    chainHead: 'a'.repeat(64),
  }),
}

const usual: [CommandName, keyof typeof actors][] = [
  ['slip.send', 'agent'],
  ['slip.answer', 'officer'],
  ['clock.escalate', 'keeper'],
  ['clock.escalate', 'keeper'],
  ['clock.escalate', 'keeper'],
  ['citizen.tell', 'agent'],
  ['case.close', 'agent'],
  ['case.reopen', 'supervisor'],
  ['slip.return', 'officer'],
  ['slip.accept-return', 'agent'],
  ['pause.request', 'officer'],
  ['pause.confirm', 'office'],
]
const step: fc.Arbitrary<Step> = fc
  .tuple(
    fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...usual) },
      {
        weight: 3,
        arbitrary: fc.tuple(
          fc.constantFrom(...commandNames),
          fc.constantFrom(...(Object.keys(actors) as (keyof typeof actors)[])),
        ),
      },
    ),
    fc.oneof(fc.integer({ min: 0, max: 90 }), fc.integer({ min: 0, max: 60 * 24 * 9 })),
    fc.integer({ min: 0, max: 2 }),
  )
  .map(([[name, by], wait, variant]) => ({ name, by, wait, variant }))

function run(steps: readonly Step[], look: (s: Scene, step: Step, happened: readonly string[]) => void): Scene {
  const s = new Scene().open()
  for (const each of steps) {
    s.now += each.wait * 60_000
    const decision = s.give(each.name, inputs[each.name]?.(s, each.variant) ?? {}, actors[each.by])
    look(s, each, 'events' in decision ? decision.events.map((event) => event.name) : [])
  }
  return s
}
const sequences = fc.array(step, { minLength: 20, maxLength: 80, size: 'max' })
const check = (property: Parameters<typeof fc.assert>[0]) => fc.assert(property, { numRuns: 250, seed: 1022 })

describe('whatever people do in whatever order', () => {
  it('S4 Đ.10 k.3, Đ.14 k.4: what may be done once is done at most once; #22: late is for ever', () => {
    let sawLate = 0
    check(
      fc.property(sequences, (steps) => {
        let wasLate = false
        run(steps, (s) => {
          const { counts, isLate, stage } = s.case
          expect(counts.postponements).toBeLessThanOrEqual(1)
          expect(counts.supplements).toBeLessThanOrEqual(1)
          expect(wasLate && !isLate).toBe(false)
          expect(stage === 'late' && !isLate).toBe(false)
          wasLate = isLate
        })
        if (wasLate) sawLate += 1
      }),
    )
    expect(sawLate).toBeGreaterThan(10)
  })

  it('the case is what its journal tells, and every event has words', () => {
    check(
      fc.property(sequences, (steps) => {
        const s = run(steps, () => undefined)
        expect(fold(s.journal)).toEqual(s.case)
        expect(s.case.version).toBe(s.journal.length)
        for (const event of s.journal) {
          for (const language of ['vi', 'en'] as const) {
            const words = describeEvent(event, language, { agencies: [{ id: roads, name: 'Sở Xây dựng' }] })
            expect(words).not.toMatch(/[{}]|undefined|null/)
          }
        }
      }),
    )
  })

  it('clock and stage agree: an agency with a slip has a clock that has not ended; what is final has none that runs', () => {
    check(
      fc.property(sequences, (steps) => {
        run(steps, (s) => {
          const { stage, isPaused, consults, slip } = s.case
          const { state } = s.clock
          if (isWithAgency(stage)) expect(['running', 'stopped']).toContain(state)
          if (isFinal(stage) || stage === 'received' || stage === 'awaiting-competence') {
            expect(['idle', 'ended']).toContain(state)
          }
          if (isWithAgency(stage)) expect(slip).not.toBeNull()
          // S2 k.1, k.2: never both.
          expect(isPaused && consults.some((consult) => consult.repliedAt === null)).toBe(false)
          if (isPaused) expect(state).toBe('stopped')
        })
      }),
    )
  })

  it('#31: nothing is closed without a result and a word to the citizen', () => {
    check(
      fc.property(sequences, (steps) => {
        run(steps, (s) => {
          if (s.case.stage === 'closed') {
            expect(s.case).toMatchObject({ hasResult: true, citizenToldAt: expect.any(String) })
            expect(s.case.resolvedLevel).not.toBeNull()
          } else expect(s.case.resolvedLevel).toBeNull()
        })
      }),
    )
  })

  it('what was done had been offered, and a refusal has words in both languages', () => {
    check(
      fc.property(sequences, (steps) => {
        const s = new Scene().open()
        for (const each of steps) {
          s.now += each.wait * 60_000
          const by = actors[each.by]
          const offered = 'role' in by ? availableCommands(s.case, by) : null
          const decision = s.give(each.name, inputs[each.name]?.(s, each.variant) ?? {}, by)
          if ('refused' in decision) {
            const key = `refusal.${decision.refused}`
            expect(isWordKey(key)).toBe(true)
            if (isWordKey(key)) expect(say('vi', key, decision.why)).not.toMatch(/[{}]/)
            if (isWordKey(key)) expect(say('en', key, decision.why)).not.toMatch(/[{}]/)
          } else if (offered !== null && decision.events.length > 0) expect(offered).toContain(each.name)
        }
      }),
    )
  })

  it('the same command on the same case decides the same', () => {
    check(
      fc.property(sequences, step, (steps, last) => {
        const s = run(steps, () => undefined)
        const twin = Object.assign(new Scene(), { state: s.state, now: s.now, policy: dongThap })
        const input = inputs[last.name]?.(s, last.variant) ?? {}
        expect(twin.give(last.name, input, actors[last.by])).toEqual(s.give(last.name, input, actors[last.by]))
      }),
    )
  })
})

describe('a journal that cannot be', () => {
  const s = new Scene().open().send()
  const [opened, sent] = s.journal

  it('is loudly refused', () => {
    expect(() => apply(s.state, opened!)).toThrow(/already open/)
    expect(() => apply(null, sent!)).toThrow(/no case yet/)
    expect(() => fold([opened!, s.journal[2]!])).toThrow(/no agency holds a slip/)
    expect(() => apply(s.state, { ...sent!, caseId: 'case-2' as never })).toThrow(/another case/)
  })

  it('every role can be asked for its commands', () => {
    for (const role of roles) expect(availableCommands(s.case, { ...people.agent, role })).toBeInstanceOf(Array)
  })
})
