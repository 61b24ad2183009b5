import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { missingTool, speak } from '../sip/speech.ts'
import { answerSlip } from './agency.ts'
import { choose, typeInto } from './keyboard.ts'
import { callBar, callTheHotline, password, signIn, signInAgent } from './people.ts'
import { everywhere, findings, show, showEnlarged } from './screens.ts'
import { openWorld, type World } from './world.ts'
import { openCase, sendSlip, write } from './writing.ts'

const missing = missingTool()
test.skip(missing !== null, `needs what is not installed: ${missing}`)
test.describe.configure({ mode: 'serial' })

const citizen = { name: 'Lâm Văn Út', phone: '02775554012' }
const content =
  'Đèn đường trước chợ phường Cao Lãnh hỏng ba đêm nay, tối om, người đi chợ sớm vấp ngã. Tôi là Lâm Văn Út, số 0277 555 40 12.'

let world: World
let speech: string
let wavs: { citizen: string; agent: string }
let agent: Page
let caller: Page
let officer: Page
let supervisor: Page
let code: string
const complaints: string[] = []
/** The server is stopped on purpose, and the browsers say so. */
let isOutage = false

/** What a browser logs of its own: a policy broken, a file not found. */
const listen = (page: Page) =>
  page.on('console', (message) => {
    // A code nobody has and a form with gaps are answered by a page with its own status: that is no fault.
    if (isOutage || message.type() !== 'error' || message.location().url === page.url()) return
    complaints.push(`${page.url()}: ${message.location().url} ${message.text()}`)
  })

test.beforeAll(async () => {
  speech = mkdtempSync(join(tmpdir(), 'speech-'))
  wavs = { citizen: speak(speech, 'citizen'), agent: speak(speech, 'agent') }
  world = await openWorld({ at: '2026-11-19T08:40:00+07:00' })
})
test.afterAll(async () => {
  await world?.close()
  rmSync(speech, { recursive: true, force: true })
})

const formOf = (page: Page) => page.getByRole('form', { name: 'Phiếu tiếp nhận' })

test('Trực: before the call, and while it rings', async () => {
  agent = (await world.openBrowser(wavs.agent)).page
  listen(agent)
  const url = await world.openDesk('desk')
  await agent.goto(url)
  await expect(agent.getByLabel('Tên đăng nhập')).toBeFocused()
  await show(agent, 'dang-nhap')
  await signInAgent(agent, url, 'ha.lt')
  await show(agent, 'truc-cho')
  caller = (await world.openBrowser(wavs.citizen)).page
  listen(caller)
  await caller.goto(`${world.serverUrl}/goi`)
  await show(caller, 'goi', { sizes: everywhere, isDark: false })
  await callTheHotline(caller, world.serverUrl, citizen.phone)
  await expect(agent.getByRole('complementary', { name: 'Người gọi' })).toContainText(citizen.name)
  await show(agent, 'truc-do-chuong', { isDark: false })
  await agent.keyboard.press('F2')
  await expect(callBar(agent)).toContainText('Đang nói')
  await expect(caller.getByText('Đang nói chuyện')).toBeVisible()
  await show(caller, 'goi-dang-noi', { sizes: everywhere, isDark: false })
})

test('Trực: the four ways, the cards and the sheets, while two people talk', async () => {
  const form = formOf(agent)
  await choose(agent, form.getByRole('combobox', { name: 'Lĩnh vực' }), 'chieu sang')
  await choose(agent, form.getByRole('combobox', { name: 'Địa bàn' }), 'phuong cao lanh')
  await typeInto(agent, form.getByLabel('Nội dung phản ánh, kiến nghị'), content)
  await typeInto(agent, form.getByLabel('Họ tên'), citizen.name)
  await typeInto(agent, form.getByLabel('Địa chỉ'), 'Khóm 7, phường Cao Lãnh')
  await expect(form.getByText(/lưu nháp \d\d:\d\d:\d\d/)).toBeVisible()

  await agent.keyboard.press('F4')
  await agent.keyboard.insertText('den duong')
  await agent
    .getByRole('complementary', { name: 'Trợ giúp' })
    .getByRole('button', { name: /^Báo hỏng đèn đường/ })
    .first()
    .click()
  await agent.keyboard.press('Control+Shift+Enter')
  await expect(form.getByLabel('Nội dung trả lời')).not.toHaveValue('')
  await show(agent, 'truc-tra-loi')

  await agent.keyboard.press('Control+Shift+3')
  await expect(form.getByRole('combobox', { name: 'Lý do không tiếp nhận' })).toBeVisible()
  await show(agent, 'truc-tu-choi')
  await agent.keyboard.press('Control+Shift+4')
  await expect(form.getByLabel('Điều cần Văn phòng xác định')).toBeVisible()
  await show(agent, 'truc-tham-quyen')
  await agent.keyboard.press('Control+Shift+2')
  await choose(agent, form.getByRole('combobox', { name: 'Đơn vị nhận phiếu' }), 'so xay dung')
  await expect(form.getByText(/Có thể hẹn người dân/)).toBeVisible()
  const results = form.getByRole('group', { name: 'Kết quả cuộc gọi cho đơn vị' })
  // What may be promised and the agency's number are seen without scrolling, on the office PC too.
  const bar = agent.getByRole('button', { name: 'Lưu và chuyển phiếu' })
  const bottomOf = async () => {
    const box = (await results.boundingBox())!
    return box.y + box.height
  }
  await expect.poll(bottomOf).toBeLessThan((await bar.boundingBox())!.y)
  await show(agent, 'truc-dang-noi')
  await showEnlarged(agent, 'truc')

  await agent.keyboard.press('F5')
  await show(agent, 'the-khan-cap', { isDark: false })
  await agent.keyboard.press('2')
  await show(agent, 'the-114')
  await agent.keyboard.press('Escape')
  await agent.keyboard.press('F8')
  await show(agent, 'chuyen-may')
  await agent.keyboard.press('Escape')
  await agent.keyboard.press('F1')
  await show(agent, 'phim-tat')
  await agent.keyboard.press('Escape')

  await results.getByRole('button', { name: 'Không bắt máy' }).click()
  code = (await form.getByRole('status', { name: 'Mã biên nhận' }).textContent())!.trim()
})

test('Giám sát: one talks, one waits, much is due', async () => {
  supervisor = (await world.openBrowser()).page
  await signIn(supervisor, await world.openDesk('supervisor'), 'phuong.ntb')
  await supervisor.keyboard.press('Control+F10')
  await supervisor.getByRole('menuitem').nth(1).click()
  const other = (await world.openBrowser(wavs.citizen)).page
  await callTheHotline(other, world.serverUrl, '02775554031')
  await supervisor.keyboard.press('Control+4')
  await expect(supervisor.getByRole('table', { name: 'Đang chờ' })).toBeVisible()
  await expect(supervisor.getByRole('button', { name: /^Nhắc/ }).first()).toBeVisible()
  await show(supervisor, 'giam-sat')
  await other.getByRole('button', { name: 'Kết thúc' }).click()
})

test('the call ends: wrap-up; the case with its recording', async () => {
  await agent.keyboard.press('Control+Enter')
  await expect(agent.getByText(new RegExp(`Đã lưu hồ sơ ${code}`))).toBeVisible()
  await show(agent, 'truc-da-luu', { isDark: false })
  await agent.keyboard.press('F9')
  await expect(caller.getByText('Đã kết thúc')).toBeVisible()
  await agent.keyboard.press('F10')
  await expect(agent.getByRole('dialog', { name: 'Cuộc gọi vừa rồi là gì?' })).toBeVisible()
  await show(agent, 'hoan-tat')
  await agent.keyboard.press('1')
  await agent.keyboard.press('Control+K')
  await expect(agent.getByRole('combobox', { name: 'Tìm nhanh' })).toBeFocused()
  await agent.keyboard.insertText('den duong')
  await expect(agent.getByRole('option').first()).toBeVisible()
  await show(agent, 'tim-nhanh')
  await agent.keyboard.press('Escape')
  const view = await openCase(agent, code)
  await expect(view.getByRole('heading', { name: code })).toBeFocused()
  await expect(view.getByText('máy chủ đã xác nhận')).toBeVisible({ timeout: 45_000 })
  await show(agent, 'ho-so')
  await showEnlarged(agent, 'ho-so')
})

test('the agency: link, code, slip, three forms, list', async () => {
  officer = (await world.openBrowser()).page
  listen(officer)
  const shots = { sizes: everywhere, isDark: false }
  const link = () =>
    world
      .messages()
      .findLast(({ text }) => text.includes(code) && text.includes('/phieu/'))
      ?.text.match(/https?:\S+/)?.[0]
  await expect.poll(link).toBeDefined()
  await officer.goto(link()!)
  await expect(officer.getByRole('button', { name: 'Gửi mã xác nhận' })).toBeVisible()
  await show(officer, 'co-quan-lien-ket', shots)
  const before = world.messages().length
  await officer.getByRole('button', { name: 'Gửi mã xác nhận' }).click()
  await expect.poll(() => world.messages().length).toBeGreaterThan(before)
  await expect(officer.getByLabel('Mã xác nhận (6 chữ số)')).toBeVisible()
  await show(officer, 'co-quan-ma', shots)
  await officer.getByLabel('Mã xác nhận (6 chữ số)').fill(/\b\d{6}\b/.exec(world.messages().at(-1)!.text)![0])
  await officer.keyboard.press('Enter')
  await expect(officer.getByRole('heading', { name: code })).toBeVisible()
  await expect(officer.getByRole('button', { name: /^Đã giải quyết/ })).toBeVisible()
  await show(officer, 'co-quan-phieu', shots)
  for (const [name, words] of [
    ['co-quan-da-giai-quyet', /^Đã giải quyết/],
    ['co-quan-them-thoi-gian', /^Cần thêm thời gian/],
    ['co-quan-khong-thuoc', /^Không thuộc thẩm quyền/],
  ] as const) {
    const choice = officer.getByRole('button', { name: words })
    await choice.click()
    await choice.scrollIntoViewIfNeeded()
    await show(officer, name, shots)
    await choice.click()
  }
  await answerSlip(officer, 'Sở đã thay 4 bóng đèn và dây dẫn trong sáng 19/11; tuyến đường đã sáng trở lại.')
  await show(officer, 'co-quan-da-gui', shots)
  const desk = (await world.openBrowser()).page
  await desk.goto(`${world.serverUrl}/agency`)
  await desk.getByLabel('Tên đăng nhập').fill('truc.vt')
  await show(desk, 'co-quan-dang-nhap', shots)
  await desk.getByLabel('Mật khẩu', { exact: true }).fill(password)
  await desk.keyboard.press('Enter')
  await expect(desk.getByRole('link', { name: new RegExp(code) })).toBeVisible()
  await show(desk, 'co-quan-danh-sach', shots)
})

test('Hồ sơ: tell, close, publish, late cases, the recording', async () => {
  const view = agent.getByRole('article', { name: `Hồ sơ ${code}` })
  await expect(view).toContainText('đã thay 4 bóng đèn')
  await act(agent, 'Ghi đã trả lời người dân', 'bao-nguoi-dan')
  await act(agent, 'Kết thúc', 'ket-thuc')
  await expect(view.getByRole('heading', { name: 'Xem trước khi công khai' })).toBeVisible()
  await show(agent, 'cong-khai')
  await view.getByRole('button', { name: /^Công khai/ }).click()
  await expect(view.getByText('Đã công khai')).toBeVisible()
  await view.getByRole('button', { name: 'Nghe lại' }).click()
  await expect(view.getByRole('slider', { name: 'Vị trí nghe' })).toBeVisible()
  const place = view.getByRole('slider', { name: 'Vị trí nghe' })
  await expect.poll(() => place.evaluate((bar: HTMLInputElement) => Number(bar.value))).toBeGreaterThan(0)
  await place.scrollIntoViewIfNeeded()
  await show(agent, 'ho-so-nghe-lai')
  await agent
    .getByRole('navigation', { name: 'Danh sách đã lưu' })
    .getByRole('button', { name: /^Trễ hạn/ })
    .click()
  await agent.getByRole('option').first().click()
  await expect(agent.getByRole('article')).not.toHaveAccessibleName(`Hồ sơ ${code}`)
  await expect(agent.getByRole('article').getByRole('heading').first()).toBeVisible()
  await show(agent, 'ho-so-tre')
})

test('Tri thức, Quản trị, Văn phòng', async () => {
  await agent.keyboard.press('Control+3')
  await agent.getByRole('searchbox', { name: 'Tìm trong tri thức' }).last().fill('khai sinh')
  await agent
    .getByRole('main')
    .getByRole('button', { name: /khai sinh/i })
    .last()
    .click()
  await show(agent, 'tri-thuc')
  await agent.keyboard.press('Control+7')
  await expect(agent.getByRole('tab', { name: 'Đường dây' })).toBeVisible()
  await show(agent, 'quan-tri-duong-day')

  const office = (await world.openBrowser()).page
  await signIn(office, await world.openDesk('office'), 'chi.nhd')
  await office.keyboard.press('Control+5')
  const views = office.getByRole('navigation', { name: 'Danh sách đã lưu' })
  await expect(views.getByRole('button', { name: /^Trễ hạn [1-9]/ })).toBeVisible()
  await show(office, 'van-phong-trong', { isDark: false })
  await views.getByRole('button', { name: /^Trễ hạn/ }).click()
  await expect(office.getByRole('option').first()).toBeVisible()
  await office.getByRole('option').first().click()
  await expect(office.getByRole('article').getByRole('heading').first()).toBeVisible()
  await show(office, 'van-phong')

  const admin = (await world.openBrowser()).page
  await signIn(admin, await world.openDesk('admin'), 'triet.cm')
  await admin.keyboard.press('Control+7')
  for (const [name, words] of [
    ['quan-tri-tin-nhan', 'Tin nhắn gửi đi'],
    ['quan-tri-don-vi', 'Đơn vị, người trực'],
    ['quan-tri-lich', 'Lịch làm việc'],
  ] as const) {
    await admin.getByRole('tab', { name: words }).click()
    await expect(admin.getByRole('tabpanel')).not.toBeEmpty()
    await expect(admin.getByRole('tabpanel')).not.toContainText('Đang đọc')
    await show(admin, name, { isDark: name === 'quan-tri-lich' })
  }
})

test('the public pages', async () => {
  const shots = { sizes: everywhere, isDark: false }
  await caller.goto(`${world.serverUrl}/`)
  await show(caller, 'cong-dan-trang-dau', shots)
  await caller.getByLabel(/Mã biên nhận/).fill(code)
  await caller.keyboard.press('Enter')
  await expect(caller.locator('main')).toContainText('đã thay 4 bóng đèn')
  await show(caller, 'tra-cuu', shots)
  const wrong = `${code.slice(0, 8)}${(Number(code[8]) + 1) % 10}${code.slice(9)}`
  for (const [name, path] of [
    ['tra-cuu-nham', `/tra-cuu?code=${wrong}`],
    ['tra-loi', '/tra-loi'],
    ['tra-loi-mot', `/tra-loi/${code}`],
    ['gui', '/gui'],
    ['thong-ke', '/thong-ke'],
  ] as const) {
    await caller.goto(`${world.serverUrl}${path}`)
    await show(caller, name, shots)
  }
  await caller.goto(`${world.serverUrl}/gui`)
  await caller.locator('main').getByRole('button').last().click()
  await show(caller, 'gui-thieu', shots)
})

test('offline: what waits; and what the register refused', async () => {
  const late = agent.getByRole('article')
  await agent.keyboard.press('Control+2')
  await expect(late).toBeVisible()
  const lateCode = (await late.getByRole('heading').first().textContent())!.trim()
  isOutage = true
  await world.stopServer()
  await expect(agent.getByText(/mất kết nối từ \d\d:\d\d/i)).toBeVisible()
  await write(agent, {
    field: 'rac',
    area: 'sa dec',
    content: 'Rác dồn ở đầu hẻm bốn ngày chưa ai thu gom, mùi hôi vào lớp mẫu giáo bên cạnh.',
    name: 'Đỗ Văn Chờ',
    phone: '02775550166',
    address: 'Khóm 4',
  })
  await sendSlip(agent, 'so nong nghiep')
  await expect(agent.getByText(/trên máy này/)).toBeVisible()
  await agent.keyboard.press('Control+8')
  await expect(agent.getByRole('main')).toContainText('chờ gửi')
  await show(agent, 'cho-gui')
  // Two desks that cannot know of each other record the same withdrawal: the register takes one, and says so to the other.
  for (const page of [agent, supervisor]) {
    const view = await openCase(page, lateCode)
    await view.getByRole('button', { name: 'Ghi nhận rút phản ánh' }).click()
    const dialog = page.getByRole('form', { name: 'Ghi nhận rút phản ánh' })
    await dialog.getByRole('textbox').nth(0).fill('Đơn xin rút số 12, nhận tại quầy sáng nay')
    await dialog.getByRole('textbox').nth(1).fill('Trần Gia Huy')
    await dialog.getByRole('textbox').nth(2).fill('19/11/2026')
    await page.keyboard.press('Control+Enter')
    await expect(dialog).toBeHidden()
  }
  world.at = '2026-11-19T08:50:00+07:00'
  await world.startServer()
  const isRefused = (page: Page) => page.getByText('1 việc cần xem lại').isVisible()
  const one = async () => ((await isRefused(agent)) ? agent : (await isRefused(supervisor)) ? supervisor : null)
  await expect.poll(one, { timeout: 60_000 }).not.toBeNull()
  const page = (await one())!
  await page.keyboard.press('Control+8')
  await expect(page.getByRole('heading', { name: /^Cần xem lại/ })).toBeVisible()
  await show(page, 'can-xem-lai')
})

test('no page broke its own policy or asked for what is not there', () => {
  expect(complaints).toEqual([])
})

test('nothing sticks out, no serious finding of axe on any of the screens', () => {
  expect(findings).toEqual([])
})

async function act(page: Page, name: string, picture: string): Promise<void> {
  await page
    .getByRole('toolbar', { name: 'Việc có thể làm' })
    .getByRole('button', { name: new RegExp(`^${name}`) })
    .click()
  const dialog = page.getByRole('form', { name })
  await expect(dialog).toBeVisible()
  await show(page, picture)
  await page.keyboard.press('Control+Enter')
  await expect(dialog).toBeHidden()
}
