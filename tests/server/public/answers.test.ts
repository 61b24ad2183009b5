import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { people } from '../running.ts'
import { openPublicSite, type PublicSite } from './site.ts'

let site: PublicSite
beforeEach(async () => {
  site = await openPublicSite()
})
afterEach(() => site.remove())

const published = async (question: string, answer: string, fieldId = 'chieu-sang') => {
  const opened = await site.answered(answer, { fieldId, content: question })
  await site.give(people.office, 'answer.publish', opened.caseId, { question, answer })
  return opened
}

describe('S4 Đ.12 k.1 (#55): published answers', () => {
  test('published is read in the list, by its code, at home and in the export; taken back it is gone everywhere', async () => {
    const { caseId, code } = await published('Đèn đường tắt một tuần.', 'Đã thay bóng đèn trong ngày.')
    const places = ['/', '/tra-loi', '/tra-loi.json', `/tra-loi/${code}`, `/tra-cuu?code=${code}`]
    for (const url of places) expect((await site.get(url)).body, url).toContain('Đã thay bóng đèn trong ngày.')

    await site.give(people.office, 'answer.unpublish', caseId, { reason: 'rà soát lại' })
    for (const url of ['/', '/tra-loi', '/tra-loi.json']) {
      expect((await site.get(url)).body, url).not.toContain('Đã thay bóng đèn')
    }
    const gone = await site.get(`/tra-loi/${code}`)
    expect(gone.status).toBe(404)
    expect(gone.body).not.toContain('Đã thay bóng đèn')
    expect(gone.body).not.toContain('rà soát lại')
  })

  test('found by word without marks, by field and by the field above it', async () => {
    await published('Đèn đường tắt một tuần.', 'Đã thay bóng đèn.')
    await published('Rác chưa được thu gom.', 'Đã thu gom trong ngày.', 'rac-thai')
    const found = async (query: string) => {
      const { body } = await site.get(`/tra-loi?${query}`)
      return [body.includes('Đã thay bóng đèn.'), body.includes('Đã thu gom trong ngày.')]
    }
    expect(await found('tim=bong+den')).toEqual([true, false])
    expect(await found('linh-vuc=rac-thai')).toEqual([false, true])
    expect(await found('linh-vuc=ha-tang-ky-thuat')).toEqual([true, false])
    expect(await found('tim=khong+co')).toEqual([false, false])
    expect(await found('tim=%25')).toEqual([true, true])
  })

  test('twenty on a page, the rest behind a link', async () => {
    for (let index = 1; index <= 21; index++) await published(`Câu hỏi số ${index}.`, `Trả lời số ${index}.`)
    const first = await site.get('/tra-loi')
    expect(first.body.match(/<article>/g)).toHaveLength(20)
    expect(first.body).toContain('rel="next"')
    const second = await site.get('/tra-loi?trang=2')
    expect(second.body.match(/<article>/g)).toHaveLength(1)
    expect(second.body).toContain('rel="prev"')
  })

  test('what a citizen or an official wrote is text, never markup; pages allow no script and ask nobody else', async () => {
    const attack = '<script>alert(1)</script> "><img src=x onerror=alert(1)> \' & <b>'
    const { code } = await published(`Đèn ${attack}`, `Trả lời ${attack}`)
    const urls = ['/', '/tra-loi', `/tra-loi/${code}`, `/tra-cuu?code=${code}`]
    const echoes = [`/tra-cuu?code=${encodeURIComponent(attack)}`, `/tra-loi?tim=${encodeURIComponent(attack)}`]
    for (const url of [...urls, ...echoes, `/tra-loi/${encodeURIComponent(attack)}`]) {
      const { body, headers } = await site.get(url)
      expect(body, url).not.toMatch(/<script|<img|<b>/)
      expect(headers['content-security-policy']).toContain("default-src 'none'")
      expect(body, url).not.toMatch(/(?:src|href|action)="(?:https?:)?\/\//)
    }
    expect((await site.get(`/tra-loi/${code}`)).body).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  })
})

describe('#82, D9: statistics', () => {
  test('received, answered and on time by due, the definition beside the numbers', async () => {
    await published('Đèn đường tắt.', 'Đã thay.')
    const slip = await site.open()
    await site.give(people.agent, 'slip.send', slip.caseId, {
      agencyId: people.officer.agencyId!,
      summary: 'Đèn tắt.',
      callAttempt: null,
      skippedCallReason: 'đã báo trực tiếp',
    })
    const numbers = async () => {
      const { body } = await site.get('/thong-ke')
      const row = (name: string) => new RegExp(`>${name}</th><td>([^<]*)</td>`).exec(body)?.[1]
      return ['Tiếp nhận', 'Đã trả lời', 'Đến hạn trong kỳ', 'Đúng hạn', 'Tỉ lệ đúng hạn', 'Đã công khai'].map(row)
    }
    expect(await numbers()).toEqual(['2', '1', '0', '0', 'chưa có', '1'])

    await site.give(people.officer, 'slip.answer', slip.caseId, {
      text: 'Đã thay.',
      approver: null,
      citizenTold: { via: 'call', at: '2026-10-05T07:00:00+07:00' },
    })
    await site.pass(2)
    const late = await site.open()
    await site.give(people.agent, 'slip.send', late.caseId, {
      agencyId: people.officer.agencyId!,
      summary: 'Đèn tắt.',
      callAttempt: null,
      skippedCallReason: 'đã báo trực tiếp',
    })
    await site.pass(14)
    expect(await numbers()).toEqual(['3', '2', '2', '1', '50%', '1'])
    const { body } = await site.get('/thong-ke')
    expect(body).toContain('Đang trễ hạn: <strong>1</strong>')
    expect(body).toContain('8 giờ làm việc của cán bộ đầu mối')
  })

  test('#61: who gave no rating stays out of the rate and is shown', async () => {
    const rated = await site.answered('Đã thay.')
    await site.answered('Đã thay.')
    await site.give({ kind: 'citizen', via: 'web' }, 'case.rate', rated.caseId, { score: 5, comment: '' })
    const { body } = await site.get('/thong-ke')
    expect(body).toContain(
      '1 trong 1 người đã đánh giá cho 4 hoặc 5 điểm (100%). 1 phản ánh đã kết thúc chưa có đánh giá',
    )
  })
})
