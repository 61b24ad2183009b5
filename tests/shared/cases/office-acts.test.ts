import { describe, expect, it } from 'vitest'
import { canSee } from '../../../src-shared/people/permissions.ts'
import { ask, demand, grant, letter, recorded, urging } from './refused/scenes.ts'
import { late, people, roads, water, withHead, withOfficer } from './scene.ts'

const { agent, office, officer, head, homeAffairs, waterOfficer } = people

describe('#27 S4 Đ.9 k.5: letters that urge and demand an explanation', () => {
  it('are acts of the office, signed by the office or for the Chairman, and stand in the case', () => {
    const s = withOfficer()
    s.do('urging.send', urging, office)
    expect(s.case.urgings).toMatchObject([{ id: 'u1', kind: 'urge', signedFor: 'office', letter }])
  })

  it('a letter sent twice is one letter', () => {
    const s = withOfficer()
    s.do('urging.send', urging, office)
    expect(s.do('urging.send', urging, office)).toEqual([])
  })

  it('a demand is answered by the agency, once', () => {
    const s = withHead()
    s.do('urging.send', demand, office)
    s.do('urging.reply', { urgingId: 'u1', text: 'Do chờ vật tư.' }, head)
    expect(s.case.urgings[0]?.repliedAt).not.toBeNull()
  })

  it('moves no clock', () => {
    const s = withOfficer()
    const { dueAt } = s.clock
    s.do('urging.send', demand, office)
    expect(s.clock.dueAt).toBe(dueAt)
  })
})

describe('D11 S4 Đ.11 k.1 ¶2 (#40): an agency hears a recording only while the office lets it', () => {
  it('asked, granted, heard, and not a second after the time', () => {
    const s = recorded()
    expect(s.refused('recording.listen', { recordingId: 'r1' }, officer)).toBe('recording-not-granted')
    s.do('recording.request', ask, officer)
    expect(s.refused('recording.listen', { recordingId: 'r1' }, officer)).toBe('recording-not-granted')
    s.do('recording.grant', grant, office)
    s.at('2026-10-06T17:00')
    expect(s.do('recording.listen', { recordingId: 'r1' }, officer)).toEqual(['recording.listened'])
    s.at('2026-10-06T17:00:01+07:00')
    expect(s.refused('recording.listen', { recordingId: 'r1' }, officer)).toBe('recording-not-granted')
  })

  it('a request is one however often it is sent', () => {
    const s = recorded()
    s.do('recording.request', ask, officer)
    expect(s.do('recording.request', ask, officer)).toEqual([])
  })

  it('after a refusal one may ask again', () => {
    const s = recorded()
    s.do('recording.request', ask, officer)
    s.do('recording.deny', { recordingId: 'r1', agencyId: roads, reason: 'Đã đủ thông tin' }, office)
    expect(s.refused('recording.listen', { recordingId: 'r1' }, officer)).toBe('recording-not-granted')
    expect(s.do('recording.request', ask, officer)).toEqual(['recording.requested'])
  })

  it('a grant is for one agency', () => {
    const s = recorded()
    s.do('recording.request', ask, officer)
    s.do('recording.grant', grant, office)
    s.do('slip.transfer', { agencyId: water, reason: 'Sáp nhập', act: '45/NQ' }, office)
    expect(s.refused('recording.listen', { recordingId: 'r1' }, waterOfficer)).toBe('recording-not-granted')
  })

  it('agents hear it with the case, as before', () => {
    expect(recorded().do('recording.listen', { recordingId: 'r1' }, agent)).toEqual(['recording.listened'])
  })
})

describe('#23 S4 Đ.9 k.4 ¶2: what the head did not answer in time', () => {
  it('lies with the office, the head still owing the answer, and Home Affairs sees it', () => {
    const s = late()
    expect(s.case).toMatchObject({ stage: 'late', slip: { holder: 'office' } })
    expect(s.clock).toMatchObject({ level: 'head', state: 'running', isLate: true })
    expect(canSee(homeAffairs, s.case)).toBe(true)
    expect(canSee(homeAffairs, withHead().case)).toBe(false)
  })
})
