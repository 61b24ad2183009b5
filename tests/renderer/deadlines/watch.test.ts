import { describe, expect, test } from 'vitest'
import { type WatchId, watchItems } from '../../../src-renderer/deadlines/watch.ts'
import { late, lateCause, people, type Scene, water, withHead, withOfficer } from '../../shared/cases/scene.ts'
import { detailOf, hours, reference, vi } from './scene-detail.ts'

const itemsOf = (id: WatchId, s: Scene, given = reference) =>
  watchItems(id, [detailOf(s)], { reference: given, hours, now: s.now, say: vi })

const asking = (replyBy: string) => {
  const s = withOfficer()
  s.do('consult.ask', { consultId: 'yk', agencyId: water, question: 'Ống nước ở đâu?', replyBy }, people.officer)
  return s
}

describe('lists that somebody watches over', () => {
  test('#33: an opinion stands in its own list from half a working day before its time, and when it is late', () => {
    const s = asking('2026-10-06T10:00:00+07:00')
    expect(itemsOf('opinions', s.at('2026-10-05T10:00'))).toEqual([])
    expect(itemsOf('opinions', s.at('2026-10-06T09:00'))).toMatchObject([{ chip: { tone: 'soon' }, consultId: 'yk' }])
    expect(itemsOf('opinions', s.at('2026-10-06T11:00'))).toMatchObject([{ chip: { tone: 'late', text: 'trễ 1 giờ' } }])
  })

  test('#33: once it has come it is on no list', () => {
    const s = asking('2026-10-05T10:00:00+07:00').at('2026-10-05T15:00')
    s.do('consult.reply', { consultId: 'yk', text: 'Dưới vỉa hè' }, people.waterOfficer)
    expect(itemsOf('opinions', s)).toEqual([])
  })

  test('#30, D8: a pause says who asks and why, and until when a confirmation counts from the request', () => {
    const s = withOfficer()
    s.do('pause.request', { reasonCode: 'cong-dan-de-nghi', explanation: 'Người dân đi vắng' }, people.officer)
    const [item] = itemsOf('pauses', s.at('2026-10-05T09:00'))
    expect(item!.text).toContain('Người dân đi vắng')
    // Four working hours from 08:00, with the lunch break in between.
    expect(item!.chip).toEqual({ tone: 'soon', text: 'tính từ lúc đề nghị nếu xác nhận trước 14:00 Thứ Hai 05/10' })
    expect(itemsOf('pauses', s.at('2026-10-05T14:00'))[0]!.chip!.tone).toBe('soon')
    expect(itemsOf('pauses', s.at('2026-10-05T14:01'))[0]!.chip).toEqual({
      tone: 'late',
      text: 'chỉ còn tính từ lúc xác nhận',
    })
  })

  test('D13: a slip at an agency that is no more, from the day after its last, with its successor', () => {
    const s = withOfficer()
    const ended = structuredClone(reference)
    const agency = ended.directory.agencies.find(({ id }) => id === s.case.slip!.agencyId)!
    agency.validTo = '2026-10-05'
    agency.successorId = ended.directory.agencies.find(({ id }) => id === 'so-tai-chinh')!.id
    expect(itemsOf('dissolved', s.at('2026-10-05T16:00'), ended)).toEqual([])
    const [item] = itemsOf('dissolved', s.at('2026-10-06T07:00'), ended)
    expect(item!.text).toBe('Sở Xây dựng hết hiệu lực 05/10/2026, kế thừa: Sở Tài chính')
  })

  test('#37: late at any level without a cause, by the name of the level; with one it leaves the list', () => {
    const s = withHead()
    expect(itemsOf('causes', withOfficer())).toEqual([])
    expect(itemsOf('causes', s).map(({ text }) => text)).toEqual(['Cán bộ đầu mối, Sở Xây dựng: chưa nêu nguyên nhân'])
    s.do('lateness.explain', lateCause, people.officer)
    expect(itemsOf('causes', s)).toEqual([])
    expect(itemsOf('causes', late())[0]!.text).toContain('Thủ trưởng đơn vị, Sở Xây dựng')
  })

  test('#36: a return that is asked and one that was accepted', () => {
    const s = withOfficer()
    s.do('slip.return', { reason: 'Đường thuộc phường' }, people.officer)
    expect(itemsOf('bounced', s)[0]!.text).toBe('Sở Xây dựng đề nghị trả lại: Đường thuộc phường')
    s.do('slip.accept-return', {})
    expect(itemsOf('bounced', s)[0]!.text).toBe('đã bị trả lại 1 lần')
  })
})
