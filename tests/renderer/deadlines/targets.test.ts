import { describe, expect, test } from 'vitest'
import { innerTargets } from '../../../src-renderer/deadlines/targets.ts'
import { toIso } from '../../../src-shared/deadlines/instants.ts'
import { dongThap, people, roads, type Scene, scene, withOfficer } from '../../shared/cases/scene.ts'
import { hours } from './scene-detail.ts'

const officeTime = hours.ofAgency('van-phong-ubnd-tinh')!
const targetsOf = (s: Scene) => innerTargets(s.case.isUrgent, s.journal, dongThap, officeTime, s.now)

describe('targets that the Regulation does not know', () => {
  test('D7: the competence question has the office’s own target, and its label says what it is', () => {
    const s = scene().open()
    s.do('competence.ask', { question: 'Con kênh của ai?' })
    const [target] = targetsOf(s.at('2026-10-05T15:00'))
    expect(target).toMatchObject({ kind: 'competence', metAt: null, usedSeconds: 5 * 3600, leftSeconds: 3 * 3600 })
    // 8 working hours from Monday 08:00.
    expect(toIso(target!.dueAt)).toBe('2026-10-06T08:00:00+07:00')
    expect(target!.label).toBe('mục tiêu nội bộ, không có trong Quy chế')
  })

  test('D7: it is met when the office has decided, whatever comes later', () => {
    const s = scene().open()
    s.do('competence.ask', { question: 'Con kênh của ai?' })
    s.at('2026-10-05T10:00').do('competence.set', { agencyId: roads, reason: 'Theo phân cấp' }, people.office)
    const [target] = targetsOf(s.at('2026-10-09T10:00'))
    expect(target).toMatchObject({ usedSeconds: 2 * 3600, leftSeconds: 6 * 3600 })
    expect(toIso(target!.metAt!)).toBe('2026-10-05T10:00:00+07:00')
  })

  test('D7: asked a second time, it counts anew', () => {
    const s = scene().open()
    s.do('competence.ask', { question: 'Của ai?' })
    s.do('competence.set', { agencyId: roads, reason: 'r' }, people.office)
    s.at('2026-10-07T08:00').do('competence.ask', { question: 'Vẫn chưa rõ' })
    expect(targetsOf(s)).toMatchObject([{ kind: 'competence', metAt: null, usedSeconds: 0 }])
  })

  test('#27: an urgent case is to be answered in two hours, past which the amount grows', () => {
    const s = scene().open({ isUrgent: true }).send()
    expect(targetsOf(s.at('2026-10-05T09:30'))).toMatchObject([{ kind: 'urgent', leftSeconds: 1800 }])
    expect(targetsOf(s.at('2026-10-05T11:00'))).toMatchObject([{ leftSeconds: -3600, metAt: null }])
    expect(targetsOf(s.at('2026-10-05T11:00').answer())).toMatchObject([{ usedSeconds: 3 * 3600 }])
  })

  test('#27: made urgent later, it counts from then', () => {
    const s = withOfficer().at('2026-10-05T10:00')
    s.do('case.amend', { isUrgent: true, reason: 'Nước dâng' })
    expect(targetsOf(s.at('2026-10-05T11:00'))).toMatchObject([{ kind: 'urgent', usedSeconds: 3600 }])
  })

  test('a plain case has no target besides the Regulation', () => {
    expect(targetsOf(withOfficer())).toEqual([])
  })
})
