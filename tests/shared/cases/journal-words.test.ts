import { describe, expect, it } from 'vitest'
import { describeEvent } from '../../../src-shared/cases/journal-words.ts'
import { people, roads, type Scene, scene, sendInput, withHead, withOfficer } from './scene.ts'

const names = { agencies: [{ id: roads, name: 'Sở Xây dựng' }] }
const told = (s: Scene) => s.journal.map((event) => describeEvent(event, 'vi', names))

describe('the journal in words', () => {
  it('tells the way of a slip', () => {
    expect(told(withHead())).toEqual([
      'Tiếp nhận phản ánh qua điện thoại, mã biên nhận 26-0048213-K.',
      'Gửi phiếu chuyển đến Sở Xây dựng; đã gọi 02773851234 lúc Thứ Hai 05/10/2026 07:55: không bắt máy.',
      'Sở Xây dựng nhận được phiếu chuyển; bắt đầu tính 8 giờ làm việc của cán bộ đầu mối.',
      'Hết thời hạn của cán bộ đầu mối lúc Thứ Ba 06/10/2026 08:00; phiếu chuyển lên Thủ trưởng đơn vị, tính 48 giờ làm việc.',
    ])
  })

  it('D3: a slip without a call says why', () => {
    const s = scene('2026-10-04T23:00:00+07:00').open()
    s.do('slip.send', { ...sendInput(), callAttempt: null })
    expect(told(s)[1]).toBe('Gửi phiếu chuyển đến Sở Xây dựng, ngoài giờ làm việc của đơn vị nên không gọi trước.')
  })

  it('names the level, the one who released it, and how the citizen was told', () => {
    const s = withOfficer()
    const citizenTold = { via: 'sms', at: '2026-10-05T08:00:00+07:00' }
    s.do('slip.answer', { text: 'Đã vá.', approver: 'Ông Tư', citizenTold }, people.officer)
    s.close()
    expect(told(s).slice(3)).toEqual([
      'Ghi kết quả xử lý, cấp 2 (cán bộ đầu mối), Ông Tư duyệt: Đã vá.',
      'Đã trả lời người dân qua tin nhắn SMS lúc Thứ Hai 05/10/2026 08:00.',
      'Kết thúc, giải quyết ở cấp 2 (cán bộ đầu mối). Căn cứ: Biên bản nghiệm thu',
    ])
  })

  it('an agency that left the directory is named by its id', () => {
    expect(describeEvent(withOfficer().journal[2]!, 'en', { agencies: [] })).toMatch(/^so-xay-dung received the slip/)
  })
})
