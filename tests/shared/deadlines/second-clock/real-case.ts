import type { CommandName } from '../../../../src-shared/cases/commands.ts'
import { isRefusal } from '../../../../src-shared/cases/decide.ts'
import type { DecideContext } from '../../../../src-shared/cases/rule.ts'
import type { AllowanceReading } from '../../../../src-shared/deadlines/clock.ts'
import { toIso } from '../../../../src-shared/deadlines/instants.ts'
import type { Policy } from '../../../../src-shared/deadlines/policy.ts'
import type { Account, Actor } from '../../../../src-shared/people/roles.ts'
import { account, dongThap, keeper, people, Scene, sendInput } from '../../cases/scene.ts'
import { marksFromJournal } from './from-journal.ts'
import { firstInstant, later } from './made-histories.ts'
import type { TwoProvinces } from './provinces.ts'
import type { Chance } from './random.ts'
import { readSecond, type SecondReading } from './second-clock.ts'

const HOUR = 3_600_000

/** One case on the real rules, its people acting at random, in a province whose agencies keep all kinds of hours. */
export class RealCase extends Scene {
  private readonly chance: Chance
  private readonly province: TwoProvinces
  /** Where what the rules did is not what the second clock says they must. */
  readonly wrong: string[] = []

  constructor(chance: Chance, province: TwoProvinces) {
    super(toIso(Math.floor(firstInstant(chance) / 1000) * 1000))
    this.chance = chance
    this.province = province
    this.book = province.book
    this.policy = policyOf(chance)
  }

  override get context(): DecideContext {
    const { book } = this.province
    return {
      ...super.context,
      workingTime: (agencyId, knownAt) => book.workingTime(this.province.calendarOf(agencyId), knownAt ?? this.now),
      actsKnown: (agencyId, after, until) => book.actsKnown(this.province.calendarOf(agencyId), after, until),
      agency: (id) => (this.province.agencies.includes(id) ? { hasFocalOfficer: true, phone: '02773851234' } : null),
    }
  }

  get second(): SecondReading {
    return readSecond(marksFromJournal(this.journal, this.policy, this.province.second), this.province.second, this.now)
  }

  run(acts: number): this {
    this.open()
    this.send(this.chance.pick(this.province.agencies))
    for (let count = acts; count > 0; count -= 1) {
      this.now = later(this.now, this.second, this.chance)
      if (this.chance.percent(55)) this.keep()
      this.act()
      this.checkKnowledge()
    }
    return this
  }

  /** What the keeper does when it looks: only what has become due, and all of it. */
  private keep(): void {
    const { state, isLate, dueAt } = this.second
    const { stage } = this.case
    const isOwed = stage === 'with-focal-officer' || stage === 'with-head' || stage === 'answered'
    const decision = this.give('clock.escalate', {}, keeper)
    if ((!isRefusal(decision) && decision.events.length > 0) !== (isOwed && state === 'running' && isLate)) {
      this.wrong.push(
        `at ${toIso(this.now)} in ${stage}: escalation ${JSON.stringify(decision)}, due ${dueAt}, late ${isLate}`,
      )
    }
    const before = this.second.dueAt
    const recounted = this.give('clock.recount', {}, keeper)
    if (isRefusal(recounted)) return
    for (const { name, data } of recounted.events) {
      if (name !== 'clock.recounted') continue
      const said = [data.dueBefore, data.dueAfter].map((each) => (each === null ? null : Date.parse(each) / 1000))
      const counted = [before, this.second.dueAt]
      if (said.join() !== counted.join())
        this.wrong.push(`recounted from, to: ${said.join()}, the second clock ${counted.join()}`)
    }
  }

  /** D14: after an act that moves an open clock nothing is left to correct. */
  private checkKnowledge(): void {
    const { second } = this.province
    const marks = marksFromJournal(this.journal, this.policy, second)
    const reading = readSecond(marks, second, this.now)
    if (reading.state !== 'running' || reading.isLate || !this.movedNow()) return
    const corrected = readSecond(
      [...marks, { kind: 'calendar', at: this.now, knownAt: this.now, act: '' }],
      second,
      this.now,
    )
    if (corrected.dueAt !== reading.dueAt) this.wrong.push(`at ${toIso(this.now)} a known act was left out`)
  }

  private movedNow(): boolean {
    const last = this.journal.filter((event) => Date.parse(event.at) === this.now)
    return last.some(({ name }) => /^slip.(postponed|transferred)|^supplement|^pause.(conf|ended)|reopened/.test(name))
  }

  private act(): void {
    const { chance } = this
    const agencyId = this.case.slip?.agencyId ?? this.province.agencies[0]!
    const officer = account(chance.pick(['focal-officer', 'head'] as const), 'nv', agencyId)
    const at = toIso(this.now)
    const told = { via: 'call', at: toIso(this.now - chance.pick([0, 0, chance.between(0, 6 * HOUR)])) }
    const dueMs = (this.second.dueAt ?? this.now / 1000) * 1000
    const newDueAt = toIso(Math.floor((dueMs + chance.between(-HOUR, 6 * 24 * HOUR)) / 1000) * 1000)
    const other = chance.pick(this.province.agencies)
    const lateCause = { causeCode: this.policy.lateCauses[0]?.code ?? 'khac', text: 'Chờ phối hợp.' }
    const acts: readonly (readonly [CommandName, object, Account | Actor])[] = [
      ['slip.answer', { text: 'Đã xử lý.', citizenTold: chance.percent(50) ? told : null, lateCause }, officer],
      ['citizen.tell', told, people.agent],
      ['case.close', { proof: 'Biên bản', contactedAt: at }, people.agent],
      ['case.reopen', { reason: 'Chưa xong' }, people.agent],
      ['case.reopen', { reason: 'Chưa xong' }, people.agent],
      ['slip.postpone', { newDueAt, reason: 'Cần xác minh' }, officer],
      ['slip.promise', { completeAt: newDueAt, reason: 'Cần xác minh' }, officer],
      ['supplement.request', { missing: ['Số nhà'] }, officer],
      ['supplement.receive', { text: 'Số nhà 12' }, people.agent],
      ['pause.request', { reasonCode: 'thien-tai-dich-benh', explanation: 'Bão' }, officer],
      ['pause.confirm', {}, people.office],
      ['pause.confirm', {}, people.office],
      ['pause.end', {}, people.supervisor],
      [
        'consult.ask',
        { consultId: at, agencyId: other, question: 'Thuộc ai?', replyBy: toIso(this.now + HOUR) },
        officer,
      ],
      ['slip.transfer', { agencyId: other, reason: 'Sáp nhập', act: '12/QĐ-UBND' }, people.office],
      ['slip.return', { reason: 'Không thuộc thẩm quyền' }, officer],
      ['slip.accept-return', {}, people.agent],
      ['competence.set', { agencyId: other, reason: 'Theo quy chế' }, people.office],
      ['slip.send', sendInput(other), people.agent],
      ['slip.send', sendInput(other), people.agent],
      ['case.withdraw', { requestScan: 'don.pdf', headSignature: { name: 'A', signedOn: '2025-01-01' } }, officer],
    ]
    // Of the acts that this stage allows the first that is taken; most are refused most of the time.
    for (let tries = 0; tries < 4; tries += 1) {
      const [name, input, by] = chance.pick(acts)
      if (name === 'case.withdraw' && !chance.percent(10)) continue
      if (!isRefusal(this.give(name, input, by))) return
    }
  }
}

/** The province's policy, and what its parameters may be in another. */
function policyOf(chance: Chance): Policy {
  if (chance.percent(40)) return dongThap
  return {
    ...dongThap,
    focalOfficerWorkingHours: chance.pick([8, 4, 2]),
    headWorkingHours: chance.pick([48, 48, 16]),
    headReading: chance.pick(['R1', 'R2', 'R3'] satisfies AllowanceReading[]),
    focalClockStopsOn: chance.pick(['result-and-citizen-told', 'result']),
    supplement: { ...dongThap.supplement, stopsClock: chance.percent(80), capWorkingHours: chance.pick([1, 8, 40]) },
    pause: { ...dongThap.pause, confirmWithinWorkingHours: chance.pick([1, 4, 8]) },
    reopenCountsClosedTime: chance.percent(50),
  }
}
