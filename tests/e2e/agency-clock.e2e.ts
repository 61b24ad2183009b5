import { expect, type Page, test } from '@playwright/test'
import { missingTool } from '../sip/speech.ts'
import { openQuietDesk, type QuietDesk, sendSlipTo } from './agency-desk.ts'
import { password } from './people.ts'
import { everywhere, findings, show } from './screens.ts'
import { openWorld, type World } from './world.ts'

const missing = missingTool()
test.skip(missing !== null, `needs what is not installed: ${missing}`)
test.describe.configure({ mode: 'serial' })

let world: World
let desk: QuietDesk
let lead: Page
let asked: Page
let first: Awaited<ReturnType<typeof sendSlipTo>>
const shots = { sizes: everywhere, isDark: false }

test.beforeAll(async () => {
  world = await openWorld({ at: '2026-10-05T07:30:00+07:00', viewport: { width: 360, height: 740 } })
  desk = await openQuietDesk(world, 'ha.lt')
  first = await sendSlipTo(desk, world, 'so-xay-dung')
  lead = (await world.openBrowser()).page
  asked = (await world.openBrowser()).page
})
test.afterAll(async () => world?.close())

async function signInAtAgency(page: Page, username: string): Promise<void> {
  await page.goto(`${world.serverUrl}/agency/`)
  await page.getByLabel('Tên đăng nhập').fill(username)
  await page.getByLabel('Mật khẩu', { exact: true }).fill(password)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Đăng xuất' })).toBeVisible()
}
const open = async (page: Page, code: string) => {
  await page
    .getByRole('link', { name: new RegExp(code) })
    .first()
    .click()
  await expect(page.getByRole('heading', { name: code })).toBeVisible()
}
const form = (page: Page, name: string) => page.getByRole('form', { name })
const choice = (page: Page, words: string) => page.getByRole('button', { name: new RegExp(`^${words}`) })
const clock = (page: Page) => page.getByRole('region', { name: 'Thời hạn' })

test('#29, #30: a reason that can never stop the clock says so at once; a request stops nothing until it is confirmed', async () => {
  await signInAtAgency(lead, 'truc.vt')
  await open(lead, first.code)
  await expect(clock(lead)).toContainText(/còn 7 giờ 5\d phút làm việc/)
  await choice(lead, 'Đề nghị tạm ngừng').click()
  const pause = form(lead, 'Đề nghị tạm ngừng')
  await pause.getByRole('radio', { name: /^Đang xin ý kiến/ }).check()
  await expect(pause.getByRole('alert')).toContainText('448/UBND-HCC')
  await pause.getByLabel('Giải thích cụ thể').fill('Mẫu nhựa đường gửi kiểm nghiệm ngày 5/10, có kết quả ngày 7/10.')
  await pause.getByRole('button', { name: 'Gửi', exact: true }).click()
  await expect(pause.getByText('Lý do này không được tạm ngừng')).toBeVisible()
  await show(lead, 'co-quan-tam-ngung', shots)
  await pause.getByRole('radio', { name: /^Chờ kết quả giám định/ }).check()
  await expect(pause.getByLabel('Giải thích cụ thể')).toHaveValue(/có kết quả ngày 7\/10/)
  await pause.getByRole('button', { name: 'Gửi', exact: true }).click()
  const waiting = lead.getByText(/Đang chờ Văn phòng UBND tỉnh hoặc trưởng ca xác nhận; đồng hồ vẫn chạy/)
  await expect(waiting).toBeVisible()
  await expect(clock(lead)).toContainText(/còn 7 giờ \d+ phút làm việc/)

  const office = await openQuietDesk(world, 'chi.nhd')
  await office.give('pause.confirm', first.caseId, {})
  await lead.reload()
  await expect(clock(lead)).toContainText('Đồng hồ đang ngừng vì đã được xác nhận tạm ngừng')
  await show(lead, 'co-quan-dang-ngung', shots)
  await choice(lead, 'Kết thúc tạm ngừng').click()
  await form(lead, 'Kết thúc tạm ngừng').getByRole('button', { name: 'Kết thúc tạm ngừng' }).click()
  await expect(lead.getByText('Đã kết thúc tạm ngừng.')).toBeVisible()
  await expect(clock(lead)).toContainText(/còn .* làm việc/)
})

test('#33–#35: the opinion of another agency, by its own working hours, without the citizen', async () => {
  await choice(lead, 'Xin ý kiến đơn vị khác').click()
  const consult = form(lead, 'Xin ý kiến đơn vị khác')
  await consult.getByLabel('Đơn vị được hỏi').selectOption({ label: 'Sở Y tế' })
  await expect(consult.getByText(/Mặc định 24 giờ làm việc của Sở Y tế/)).toBeVisible()
  await expect(consult.getByLabel('Trả lời trước')).toHaveValue(/^2026-10-08T07:3/)
  await consult.getByLabel('Trả lời trước').fill('2026-10-05T10:00')
  await consult.getByRole('button', { name: 'Gửi', exact: true }).click()
  await expect(consult.getByText('Cần ghi nội dung cần ý kiến.')).toBeVisible()
  await expect(consult.getByLabel('Nội dung cần ý kiến')).toBeFocused()
  await consult.getByLabel('Nội dung cần ý kiến').fill('Cột đèn trước trạm y tế có vướng cổng xe cấp cứu không?')
  await show(lead, 'co-quan-xin-y-kien', shots)
  await consult.getByRole('button', { name: 'Gửi', exact: true }).click()
  await expect(lead.getByText('Đã gửi xin ý kiến.')).toBeVisible()

  // #29: with an opinion awaited the button stays, and says why not.
  await choice(lead, 'Đề nghị tạm ngừng').click()
  await expect(lead.getByText(/Không được ngừng khi đang xin ý kiến.*448\/UBND-HCC.*Sở Y tế/)).toBeVisible()

  await signInAtAgency(asked, 'nghia.ht')
  await expect(asked.getByRole('region', { name: /^Cần cho ý kiến/ })).toContainText('Đơn vị chủ trì: Sở Xây dựng')
  await world.steer({ at: '2026-10-05T11:00:00+07:00' })
  for (const page of [asked, lead]) {
    await page.goto(`${world.serverUrl}/agency/#/`)
    await page.reload()
    await expect(page.getByRole('region', { name: /^Trễ hạn cho ý kiến/ })).toContainText('trễ 1 giờ')
  }
  await show(asked, 'co-quan-tre-y-kien', shots)
  await expect(lead.getByRole('region', { name: /^Trễ hạn cho ý kiến/ })).toContainText('Đang chờ Sở Y tế')

  await open(lead, first.code)
  const opinion = lead.getByRole('article', { name: 'Ý kiến của Sở Y tế' })
  await opinion.getByRole('button', { name: /^Nhắc/ }).click()
  await expect(opinion.getByText('Lần nhắc này gửi đồng thời cho Sở Nội vụ')).toBeVisible()
  await opinion.getByRole('button', { name: /lần 2$/ }).click()
  await expect(opinion.getByText('Đã nhắc 2 lần')).toBeVisible()

  await open(asked, first.code)
  await expect(asked.getByRole('main')).not.toContainText(/Nguyễn Thị Sen|555 40 01|02775554001/)
  await asked.getByLabel('Ý kiến của đơn vị').fill('Không vướng; đề nghị dời cột thêm 2 m về phía cầu.')
  await show(asked, 'co-quan-tra-loi-y-kien', shots)
  await asked.getByRole('button', { name: 'Gửi', exact: true }).click()
  await expect(asked.getByText('Đã gửi ý kiến cho đơn vị chủ trì.')).toBeVisible()
  await expect(asked.getByRole('link', { name: new RegExp(first.code) })).toHaveCount(0)
  await lead.reload()
  await expect(opinion).toContainText('đề nghị dời cột thêm 2 m')
})

test('#4, #38, D2: at the head both deadlines and both readings; what is late under that name; the working on paper', async () => {
  const { code } = await sendSlipTo(desk, world, 'so-xay-dung', {
    channel: 'portal',
    content: 'Cột đèn nghiêng ra đường, đề nghị dựng lại trước mùa mưa.',
    external: {
      number: '1234/VPCP-KSTT',
      issuedBy: 'Văn phòng Chính phủ',
      issuedOn: '2026-10-01',
      dueAt: '2026-10-09T17:00:00+07:00',
    },
  })
  // Just past the officer's 8 working hours the keeper takes the slip to the head; then a day goes by.
  await world.steer({ at: '2026-10-06T11:01:00+07:00' })
  await world.steer({ at: '2026-10-07T09:00:00+07:00' })
  const head = (await world.openBrowser()).page
  await signInAtAgency(head, 'huy.tg')
  await expect(head.getByRole('region', { name: /^Sắp trễ dưới tên tôi/ })).toBeVisible()
  await show(head, 'co-quan-thu-truong', shots)
  await open(head, code)
  await expect(clock(head)).toContainText('Hạn theo văn bản 1234/VPCP-KSTT của Văn phòng Chính phủ: Thứ Sáu 09/10/2026')
  await expect(clock(head)).toContainText('Tính từ khi Thủ trưởng nhận phiếu (cách 1)')
  await expect(clock(head)).toContainText('Tính từ khi tổng đài chuyển phiếu (cách 2)')
  await expect(clock(head)).toContainText(/Cán bộ đầu mối, Sở Xây dựng: giữ 8 giờ/)
  await clock(head).getByText('Cách tính thời hạn', { exact: true }).click()
  await expect(clock(head)).toContainText(/Thứ Ba 06\/10 .*\d+ giờ/)
  await show(head, 'co-quan-cach-tinh', shots)

  await world.steer({ at: '2026-10-19T09:00:00+07:00' })
  await signInAtAgency(head, 'huy.tg')
  await expect(head.getByRole('region', { name: /^Đang trễ hạn dưới tên tôi/ })).toContainText(code)
  await open(head, code)
  await expect(clock(head)).toContainText(/Thủ trưởng, Sở Xây dựng: giữ .* trong đó trễ/)
  await choice(head, 'Đã giải quyết').click()
  const answer = form(head, 'Đã giải quyết')
  await answer.getByLabel('Kết quả giải quyết').fill('Đã dựng lại cột đèn sáng 19/10.')
  await answer.getByRole('radio', { name: 'Chưa báo' }).check()
  await answer.getByRole('button', { name: 'Gửi', exact: true }).click()
  // #37: a late answer says why.
  await expect(answer.getByText('Cần chọn nguyên nhân.')).toBeVisible()
  await show(head, 'co-quan-nguyen-nhan-tre', shots)
  await answer.getByRole('radio', { name: 'Nội dung phức tạp, phải xác minh thực tế' }).check()
  await answer.getByLabel('Nói rõ hơn').fill('Phải chờ đơn vị quản lý cột cắt điện.')
  await answer.getByRole('button', { name: 'Gửi', exact: true }).click()
  await expect(head.getByText('Đã ghi kết quả giải quyết.')).toBeVisible()
  await expect(head.getByText(/Nguyên nhân chậm trễ đã nêu: Nội dung phức tạp/)).toBeVisible()

  await head.emulateMedia({ media: 'print' })
  const paper = head.locator('[data-paper]')
  await expect(paper).toBeVisible()
  await expect(head.getByRole('button', { name: 'In hồ sơ phiếu' })).toBeHidden()
  for (const words of [code, 'Cách tính thời hạn, từng dòng', 'Tổng cộng 8 giờ', 'Phải chờ đơn vị quản lý'])
    await expect(paper).toContainText(words)
  await head.emulateMedia({ media: 'screen' })
})

test('#32: a withdrawal keeps what was typed when it is refused, and ends with the head’s signature', async () => {
  const { code } = await sendSlipTo(await openQuietDesk(world, 'ha.lt'), world, 'so-xay-dung')
  await signInAtAgency(lead, 'truc.vt')
  await open(lead, code)
  await choice(lead, 'Người dân xin rút').click()
  const withdraw = form(lead, 'Người dân xin rút')
  await withdraw.getByLabel('Đơn xin rút').fill('Đơn số 12 ngày 19/10')
  await withdraw.getByRole('button', { name: 'Gửi', exact: true }).click()
  await expect(withdraw.getByText('Cần ghi tên người ký.')).toBeVisible()
  await lead.reload()
  await choice(lead, 'Người dân xin rút').click()
  await expect(withdraw.getByLabel('Đơn xin rút')).toHaveValue('Đơn số 12 ngày 19/10')
  await withdraw.getByLabel('Thủ trưởng đã ký xác nhận').fill('Trần Gia Huy')
  await withdraw.getByLabel('Ngày ký').fill('2026-10-19')
  await show(lead, 'co-quan-rut', shots)
  await withdraw.getByRole('button', { name: 'Gửi', exact: true }).click()
  await expect(lead.getByText('Đã ghi nhận người dân xin rút.')).toBeVisible()
})

test('nothing sticks out, no serious finding of axe on any of the screens', () => {
  expect(findings).toEqual([])
})
