import { describe, expect, it } from 'vitest'
import { commandNames } from '../../../src-shared/cases/commands.ts'
import {
  availableCommands,
  canSee,
  capabilities,
  mayGive,
  whyUnavailable,
} from '../../../src-shared/people/permissions.ts'
import { type Actor, actorOf } from '../../../src-shared/people/roles.ts'
import { account, closed, keeper, late, people, roads, scene, water, withOfficer } from '../cases/scene.ts'

const { agent, supervisor, office, homeAffairs, admin, officer, head, waterOfficer } = people
const consulted = () => {
  const s = withOfficer()
  s.do(
    'consult.ask',
    { consultId: 'k1', agencyId: water, question: '?', replyBy: '2026-10-07T16:00:00+07:00' },
    officer,
  )
  return s
}

describe('who sees a case', () => {
  it.each([
    ['agent', agent, true],
    ['supervisor', supervisor, true],
    ['office', office, true],
    ['its focal officer', officer, true],
    ['its head', head, true],
    ['#54 another agency', waterOfficer, false],
    ['an officer of no agency', account('focal-officer', 'x'), false],
    ['home affairs', homeAffairs, false],
    ['the administrator', admin, false],
  ])('%s', (_, who, sees) => expect(canSee(who, withOfficer().case)).toBe(sees))

  it('no agency sees a case before its slip', () => expect(canSee(officer, scene().open().case)).toBe(false))

  it('S2 k.1: an agency sees the case it is asked about, until it has replied', () => {
    const s = consulted()
    expect(canSee(waterOfficer, s.case)).toBe(true)
    s.do('consult.reply', { consultId: 'k1', text: 'Không' }, waterOfficer)
    expect(canSee(waterOfficer, s.case)).toBe(false)
  })

  it('#34: home affairs see what is late, and what was reminded of twice', () => {
    expect(canSee(homeAffairs, late().case)).toBe(true)
    const s = consulted()
    s.do('consult.remind', { consultId: 'k1' }, officer)
    expect(canSee(homeAffairs, s.case)).toBe(false)
    s.do('consult.remind', { consultId: 'k1' }, officer)
    expect(canSee(homeAffairs, s.case)).toBe(true)
  })
})

describe('who gives a command', () => {
  it('only officer and head of the slip’s own agency answer it', () => {
    const { case: state } = withOfficer()
    const may = Object.entries(people).filter(([, who]) => mayGive(actorOf(who), 'slip.answer', state))
    expect(may.map(([name]) => name)).toEqual(['officer', 'head'])
  })

  it('once the slip was taken back, its officer has no part in the case', () => {
    const s = withOfficer()
    s.do('slip.return', { reason: 'x' }, officer)
    s.do('slip.accept-return', {})
    expect(mayGive(actorOf(officer), 'slip.answer', s.case)).toBe(false)
  })

  it('S2 k.2: who asks for a pause never confirms one', () => {
    for (const commands of Object.values(capabilities)) {
      expect(commands.includes('pause.request') && commands.includes('pause.confirm')).toBe(false)
    }
  })

  it('#22: no person can make a case late', () => {
    for (const commands of Object.values(capabilities)) expect(commands).not.toContain('clock.escalate')
    const intake: Actor = { kind: 'system', part: 'intake' }
    expect(mayGive(intake, 'clock.escalate', withOfficer().case)).toBe(false)
    expect(mayGive(keeper, 'clock.escalate', withOfficer().case)).toBe(true)
    expect(mayGive(keeper, 'slip.answer', withOfficer().case)).toBe(false)
  })

  it('every command has somebody who may give it', () => {
    const given = new Set(Object.values(capabilities).flat())
    expect(commandNames.filter((name) => !given.has(name))).toEqual([
      'case.rate',
      'clock.escalate',
      'clock.remind',
      'clock.recount',
    ])
  })
})

describe('what a screen offers', () => {
  it('the focal officer’s three buttons: solved, need time, not ours', () => {
    const offered = availableCommands(withOfficer().case, officer)
    for (const name of ['slip.answer', 'slip.promise', 'slip.postpone', 'slip.return'] as const) {
      expect(offered).toContain(name)
    }
    expect(offered).not.toContain('slip.accept-return')
    expect(offered).not.toContain('pause.confirm')
  })

  it('#24: no second postponement is offered', () => {
    const s = withOfficer()
    s.do('slip.postpone', { newDueAt: '2026-10-07T16:00:00+07:00', reason: 'x' }, officer)
    expect(availableCommands(s.case, officer)).not.toContain('slip.postpone')
  })

  it('#31: closing is offered once the citizen was told', () => {
    expect(availableCommands(withOfficer().answer(false).case, agent)).not.toContain('case.close')
    expect(availableCommands(withOfficer().answer().case, agent)).toContain('case.close')
    expect(availableCommands(closed().case, agent)).toEqual(
      expect.arrayContaining(['case.reopen', 'answer.publish', 'recording.attach']),
    )
  })

  it('the reason of a closed button is a refusal with words', () => {
    const { case: state } = withOfficer()
    expect(whyUnavailable(state, officer, 'slip.answer')).toBeNull()
    expect(whyUnavailable(state, agent, 'slip.answer')).toMatchObject({ refused: 'not-permitted' })
    expect(whyUnavailable(state, waterOfficer, 'slip.answer')).toMatchObject({ refused: 'not-permitted' })
    expect(whyUnavailable(state, agent, 'slip.send')).toMatchObject({ refused: 'wrong-stage' })
    expect(state.slip?.agencyId).toBe(roads)
  })
})
