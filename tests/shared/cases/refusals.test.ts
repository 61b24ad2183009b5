import { describe, expect, it } from 'vitest'
import { type RefusalCode, refusalCodes } from '../../../src-shared/cases/refusals.ts'
import { answerRows } from './refused/answer.ts'
import { intakeRows } from './refused/intake.ts'
import { officeRows } from './refused/office.ts'
import { agent, office, officer, pause, supervisor } from './refused/scenes.ts'
import { slipRows } from './refused/slip.ts'
import { stopsRows } from './refused/stops.ts'
import { account, dongThap, withOfficer } from './scene.ts'

const rows = [...intakeRows, ...slipRows, ...stopsRows, ...answerRows, ...officeRows]

describe('what the Regulation does not allow', () => {
  it.each(rows)('%s: %s', (code, _rule, before, name, input, by = agent) => {
    expect(before().refused(name, input, by)).toBe(code)
  })

  it('S2 k.2: whoever asked for the pause, or has the same role, does not confirm it', () => {
    const generous = {
      ...dongThap,
      pause: { ...dongThap.pause, confirmerRoles: ['office', 'supervisor', 'head'] as const },
    }
    const s = withOfficer()
    s.policy = { ...generous, pause: { ...generous.pause, confirmerRoles: [...generous.pause.confirmerRoles] } }
    s.do('pause.request', pause, officer)
    // The table of roles lets no agency confirm; a request written by the office shows the rule on its own.
    const pending = {
      ...s.case.pendingPause!,
      by: { kind: 'person', accountId: office.id, name: 'vp', role: 'office' } as const,
    }
    s.state = { ...s.case, pendingPause: pending }
    expect(s.refused('pause.confirm', {}, office)).toBe('pause-same-person')
    expect(s.refused('pause.confirm', {}, account('office', 'vp2'))).toBe('pause-same-person')
    expect(s.do('pause.confirm', {}, supervisor)).toEqual(['pause.confirmed'])
  })

  it('S2 k.2: the policy narrows who confirms', () => {
    const s = withOfficer()
    s.policy = { ...dongThap, pause: { ...dongThap.pause, confirmerRoles: ['office'] } }
    s.do('pause.request', pause, officer)
    expect(s.refused('pause.confirm', {}, supervisor)).toBe('not-permitted')
    expect(s.refused('pause.refuse', { reason: 'x' }, supervisor)).toBe('not-permitted')
    expect(s.do('pause.refuse', { reason: 'Chưa đủ căn cứ' }, office)).toEqual(['pause.refused'])
  })

  it('has no refusal that nothing leads to', () => {
    // What the register cannot read never reaches a rule (S27).
    const shown = new Set<RefusalCode>([...rows.map(([code]) => code), 'pause-same-person', 'unreadable'])
    expect(refusalCodes.filter((code) => !shown.has(code))).toEqual([])
  })
})
