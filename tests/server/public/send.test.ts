import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openPublicSite, type PublicSite } from './site.ts'

let site: PublicSite
beforeEach(async () => {
  site = await openPublicSite()
})
afterEach(() => site.remove())

const report = {
  content: 'Đèn đường trước chợ tắt đã một tuần, tối rất khó đi.',
  kind: 'report',
  field: 'chieu-sang',
  area: '',
  name: 'Lê Văn Tám',
  phone: '0277 555 4002',
  address: 'Ấp 4, xã Mỹ An',
  email: '',
}
const formId = async () => /name="id" value="([^"]+)"/.exec((await site.get('/gui')).body)![1]!
const codeOf = (location: string) => /code=(.+)$/.exec(location)?.[1] ?? ''

describe('S4 Đ.2 k.2: a report by the web', () => {
  test('opens a case, and its code works at once', async () => {
    const sent = await site.post('/gui', { ...report, id: await formId() })
    expect(sent.status).toBe(303)
    const code = codeOf(sent.location)
    const receipt = await site.get(sent.location)
    expect(receipt.body).toContain(code)
    expect(receipt.body).not.toContain('Lê Văn Tám')
    const { state } = (await site.deps.store.read.register.caseByCode(code))!
    expect(state).toMatchObject({
      channel: 'web',
      stage: 'received',
      openedBy: { kind: 'citizen', via: 'web' },
      citizen: { name: 'Lê Văn Tám', isAnonymous: false },
    })
    expect((await site.get(`/tra-cuu?code=${code}`)).body).toContain('Tiếp nhận qua trang thông tin điện tử.')
  })

  test('a second press is the same report, one case and one code', async () => {
    const id = await formId()
    const first = await site.post('/gui', { ...report, id })
    const second = await site.post('/gui', { ...report, id })
    expect(second.location).toBe(first.location)
    expect(await site.deps.store.read.register.cases({ limit: 10 })).toHaveLength(1)
  })

  test('#7: what is missing is said beside its field and nothing typed is lost', async () => {
    const { status, body } = await site.post('/gui', { ...report, name: '', phone: '12', email: 'khong-phai', id: '' })
    expect(status).toBe(422)
    expect(body).toContain('id="name-problem"')
    expect(body).toContain('Xin ghi số điện thoại')
    expect(body).toContain('Thư điện tử viết chưa đúng')
    expect(body).toContain(report.content)
    expect(body).toContain('value="Ấp 4, xã Mỹ An"')
    expect(body).toMatch(/<option value="chieu-sang" selected>/)
    expect(await site.deps.store.read.register.isEmpty()).toBe(true)
  })

  test('a text that is too long is refused in words, not cut', async () => {
    const content = 'Đèn đường tắt. '.repeat(400)
    const { status, body } = await site.post('/gui', { ...report, content })
    expect(status).toBe(422)
    expect(body).toContain('dài quá 5000 ký tự')
    expect(body).toContain(content.trim())
  })

  test('D12: without a name only where there is danger', async () => {
    const anonymous = { ...report, name: '', phone: '', address: '', anonymous: 'co', id: await formId() }
    const refused = await site.post('/gui', anonymous)
    expect(refused.status).toBe(422)
    expect(refused.body).toContain('chọn nguy hiểm đang xảy ra')
    const sent = await site.post('/gui', { ...anonymous, hazard: 'su-co-dien' })
    expect(sent.status).toBe(303)
    const { state } = (await site.deps.store.read.register.caseByCode(codeOf(sent.location)))!
    expect(state).toMatchObject({ hazard: 'su-co-dien', isUrgent: true, citizen: { isAnonymous: true, name: '' } })
  })

  test('the trap stops a machine, tells a person, and keeps the words', async () => {
    const { status, body } = await site.post('/gui', { ...report, website: 'http://spam.example' })
    expect(status).toBe(422)
    expect(body).toContain('phải để trống')
    expect(body).toContain(report.content)
    expect(await site.deps.store.read.register.isEmpty()).toBe(true)
  })

  test('six reports from one address in a quarter of an hour, then a rest; the words are kept', async () => {
    for (let index = 0; index < 6; index++) {
      expect((await site.post('/gui', { ...report, id: await formId() })).status).toBe(303)
    }
    const refused = await site.post('/gui', { ...report, id: await formId() })
    expect(refused.status).toBe(429)
    expect(refused.body).toContain(report.content)
    site.clock.advance(15 * 60_000)
    expect((await site.post('/gui', { ...report, id: await formId() })).status).toBe(303)
  })

  test('what was typed comes back as text, not as markup', async () => {
    const attack = '"><script>alert(1)</script></textarea>'
    const { body } = await site.post('/gui', {
      ...report,
      content: attack,
      name: attack,
      phone: attack,
      address: attack,
    })
    expect(body).not.toContain('<script')
    expect(body).toContain('&lt;script&gt;')
  })

  test('#6: the emergency numbers stand before any form', async () => {
    const { body } = await site.get('/gui')
    expect(body.indexOf('113')).toBeGreaterThan(0)
    expect(body.indexOf('113')).toBeLessThan(body.indexOf('<form'))
  })
})
