import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { formatCode } from '../../../src-shared/cases/codes.ts'
import { toIso } from '../../../src-shared/deadlines/instants.ts'
import { people } from '../running.ts'
import { openPublicSite, type PublicSite, publicUrls, secrets } from './site.ts'

let site: PublicSite
beforeEach(async () => {
  site = await openPublicSite()
})
afterEach(() => site.remove())

const sent = async (caseId: string) =>
  site.give(people.agent, 'slip.send', caseId, {
    agencyId: people.officer.agencyId!,
    summary: 'Chị Nguyễn Thị Sen báo đèn tắt.',
    callAttempt: { at: toIso(site.clock.now() - 60_000), number: '02775550100', result: 'no-answer' },
    skippedCallReason: null,
  })

describe('A.6.7: one case by its receipt code', () => {
  test('status, agency, steps with times and the next promised time', async () => {
    const { caseId, code } = await site.open()
    await sent(caseId)
    const { status, body } = await site.get(`/tra-cuu?code=${code}`)
    expect(status).toBe(200)
    expect(body).toContain('Đơn vị đang xử lý.')
    expect(body).toContain('Sở Xây dựng')
    expect(body).toContain('Thời hạn trả lời: Thứ Hai 05/10/2026 17:00.')
    expect(body).toContain('Chuyển Sở Xây dựng xử lý.')
    expect(body).toContain('<time datetime="2026-10-05T07:00:00+07:00">Thứ Hai 05/10/2026 07:00</time>')
  })

  test('the code is read as people write it', async () => {
    const { code } = await site.open()
    const loose = ` ${code.replace(/-/g, ' ').toLowerCase()} `
    const { status, body } = await site.get(`/tra-cuu?code=${encodeURIComponent(loose)}`)
    expect(status).toBe(200)
    expect(body).toContain(`Phản ánh ${code}`)
  })

  test('#50: a mistyped code says what is wrong and offers the one that exists', async () => {
    const { code } = await site.open()
    const letter = code.at(-1) === 'A' ? 'C' : 'A'
    const { status, body } = await site.get(`/tra-cuu?code=${code.slice(0, -1)}${letter}`)
    expect(status).toBe(404)
    expect(body).toContain('Mã có chữ kiểm tra')
    expect(body).toContain(`href="/tra-cuu?code=${code}"`)
    expect((await site.get('/tra-cuu?code=26-12')).body).toContain('không đủ hoặc thừa ký tự')
  })

  test('#50: a code that is well written and unknown says what to do', async () => {
    const { status, body } = await site.get(`/tra-cuu?code=${formatCode(2026, 9_999_999)}`)
    expect(status).toBe(404)
    expect(body).toContain('chưa có trên hệ thống')
    expect(body).toContain('0277.1022')
  })

  test('#22: late is said, with an apology, and stays said after the answer', async () => {
    const { caseId, code } = await site.open()
    await sent(caseId)
    await site.pass(14)
    expect((await site.get(`/tra-cuu?code=${code}`)).body).toContain('Trễ hạn (đang chờ xử lý). Xin lỗi anh/chị')
    await site.give(people.head, 'slip.answer', caseId, {
      text: 'Đã thay bóng đèn.',
      approver: null,
      citizenTold: null,
      lateCause: { causeCode: 'nhieu-viec', text: 'Nhiều tuyến đường hỏng đèn cùng lúc.' },
    })
    expect((await site.get(`/tra-cuu?code=${code}`)).body).toContain('Đã có kết quả, trễ hạn.')
  })

  test('D10: no name, number or address in any page, whatever was written', async () => {
    const text = 'Chào chị Nguyễn Thị Sen, số 02775554001, Ấp 3, xã Mỹ An, tỉnh Đồng Tháp: đã thay đèn.'
    const told = await site.answered(text)
    const open = await site.open()
    await sent(open.caseId)
    await site.give(people.officer, 'supplement.request', open.caseId, {
      missing: ['Ảnh trụ đèn trước nhà chị Nguyễn Thị Sen, gọi 02775554001'],
    })
    for (const url of publicUrls([told.code, open.code])) {
      const { body } = await site.get(url)
      for (const secret of secrets) expect(body, `${url}: ${secret}`).not.toContain(secret)
    }
    const { body } = await site.get(`/tra-cuu?code=${told.code}`)
    expect(body).toContain('đã thay đèn')
    expect(body).toContain('[…]')
  })

  test('D10, #67: a report on an official shows neither field nor agency nor text', async () => {
    const { caseId, code } = await site.answered('Đã kiểm điểm cán bộ.', { fieldId: 'cham-tre-phien-ha' })
    const { body } = await site.get(`/tra-cuu?code=${code}`)
    expect(body).not.toContain('kiểm điểm')
    expect(body).not.toContain('<dt>Lĩnh vực')
    expect(body).toContain('Nội dung trả lời được gửi riêng')
    expect(caseId).not.toBe('')
  })
})

describe('#61: the rating', () => {
  const rating = (code: string, changes: Record<string, string> = {}) =>
    site.post('/danh-gia', { code, score: '4', comment: 'Nhanh.', digits: '4001', ...changes })

  test('once, by whoever knows the telephone number, when the case is closed', async () => {
    const { caseId, code } = await site.answered('Đã thay đèn.')
    expect((await site.get(`/tra-cuu?code=${code}`)).body).toContain('Đánh giá kết quả trả lời')
    const done = await rating(code)
    expect(done.status).toBe(303)
    expect((await site.get(done.location)).body).toContain('Cảm ơn anh/chị đã đánh giá.')
    await rating(code, { score: '1' })
    const stored = await site.deps.store.read.register.case(caseId)
    expect(stored!.state.rating).toMatchObject({ score: 4, comment: 'Nhanh.' })
    expect((await site.get(`/tra-cuu?code=${code}`)).body).toContain('đã được đánh giá')
  })

  test('wrong digits and a missing score keep what was typed; too many tries close the door', async () => {
    const { caseId, code } = await site.answered('Đã thay đèn.')
    const wrong = await rating(code, { digits: '0000' })
    expect(wrong.status).toBe(422)
    expect(wrong.body).toContain('không khớp')
    expect(wrong.body).toContain('Nhanh.')
    expect((await rating(code, { score: '' })).status).toBe(422)
    expect((await rating(code, { score: '9' })).status).toBe(422)
    for (let tries = 0; tries < 6; tries++) await rating(code, { digits: '0000' })
    expect((await rating(code)).status).toBe(429)
    expect((await site.deps.store.read.register.case(caseId))!.state.rating).toBeNull()
  })

  test('an open case has no form and takes no rating', async () => {
    const { caseId, code } = await site.open()
    expect((await site.get(`/tra-cuu?code=${code}`)).body).not.toContain('/danh-gia')
    expect((await rating(code)).status).toBe(303)
    expect((await site.deps.store.read.register.case(caseId))!.state.rating).toBeNull()
  })
})
