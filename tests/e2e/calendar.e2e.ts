import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { expect, type Locator, type Page, test } from '@playwright/test'
import { missingTool } from '../sip/speech.ts'
import { tabTo, typeInto } from './keyboard.ts'
import { signIn, signInAgent } from './people.ts'
import { openWorld, type World } from './world.ts'
import { openCase, sendSlip, write } from './writing.ts'

const missing = missingTool()
test.skip(missing !== null, `needs what is not installed: ${missing}`)
test.describe.configure({ mode: 'serial' })

const act = 'Nghị quyết số 80-NQ/TW, Thông báo số 6018/TB-BNV ngày 20/11/2026'

let world: World
let resources: string
let agent: Page
let admin: Page
let code: string

test.beforeAll(async () => {
  resources = resourcesWithout('2026-11-24')
  process.env.BT1022_RESOURCES_DIR = resources
  world = await openWorld({ at: '2026-11-23T14:50:00+07:00' })
  agent = (await world.openBrowser()).page
  await signInAgent(agent, await world.openDesk('desk'), 'ha.lt')
  admin = (await world.openBrowser()).page
  await signIn(admin, await world.openDesk('admin'), 'triet.cm')
})
test.afterAll(async () => {
  delete process.env.BT1022_RESOURCES_DIR
  await world?.close()
  rmSync(resources, { recursive: true, force: true })
})

test('#25 a slip received Monday 23/11 15:00 is due Tuesday 24/11 15:00 while nobody has entered the holiday', async () => {
  code = await write(agent, {
    field: 'duong sa',
    area: 'my tho',
    content: 'Nắp cống trước chợ bị vỡ, ban đêm không thấy, đã có người té xe, đề nghị thay nắp.',
    name: 'Trần Thị Mười',
    phone: '02775550188',
    address: 'Khóm 3',
  })
  await world.steer({ at: '2026-11-23T15:00:00+07:00' })
  await sendSlip(agent, 'so xay dung')
  await expect(agent.getByText(new RegExp(`Đã lưu hồ sơ ${code}`))).toBeVisible()
  await expect(await openCase(agent, code)).toContainText('Hạn: Thứ Ba 24/11/2026 15:00')
})

test('the administrator enters 24/11 by the keyboard alone; the entry outlives a reload', async () => {
  await openCalendars(admin)
  const today = admin.getByRole('button', { name: /Thứ Hai 23\/11/ })
  await tabTo(admin, today)
  await admin.keyboard.press('ArrowRight')
  await expect(admin.getByRole('button', { name: /Thứ Ba 24\/11/ })).toBeFocused()
  await admin.keyboard.press('Enter')
  await expect(admin.getByRole('radio', { name: 'Nghỉ', exact: true })).toBeFocused()
  const form = admin.getByRole('form', { name: 'Thứ Ba 24/11/2026' })
  await typeInto(admin, form.getByLabel('Lý do'), 'nghỉ Ngày Văn hóa Việt Nam')
  await tabTo(admin, form.getByRole('button', { name: 'Đưa vào danh sách chờ' }))
  await admin.keyboard.press('Enter')
  // No entry without the number of its act.
  await expect(form.getByText('Ghi số văn bản quy định việc này.')).toBeVisible()
  await typeInto(admin, form.getByLabel('Số văn bản'), act, true)
  await tabTo(admin, form.getByRole('button', { name: 'Đưa vào danh sách chờ' }))
  await admin.keyboard.press('Enter')
  await expect(admin.getByRole('button', { name: /Thứ Ba 24\/11.*chờ ghi/ })).toBeFocused()
  await expect(pending(admin)).toContainText('giữ trên máy này')

  await admin.reload()
  await openCalendars(admin)
  await expect(pending(admin)).toContainText('Thứ Ba 24/11/2026: nghỉ')
  await expect(pending(admin)).toContainText(act)
})

test('without a link entries are made and kept; previewing says that it needs the link', async () => {
  await world.stopServer()
  await expect(pending(admin)).toContainText('Xem trước và ghi vào lịch cần kết nối với máy chủ')
  await expect(askButton(admin)).toBeDisabled()
  world.at = '2026-11-23T15:02:00+07:00'
  await world.startServer()
  await expect(askButton(admin)).toBeEnabled()
})

test('the preview shows the case moving a day, nothing being written; then it is written', async () => {
  await tabTo(admin, askButton(admin))
  await admin.keyboard.press('Enter')
  const moved = admin.getByRole('table', { name: 'Hồ sơ sẽ đổi hạn' }).getByRole('row', { name: new RegExp(code) })
  await expect(moved).toContainText('Thứ Ba 24/11/2026 15:00')
  await expect(moved).toContainText('Thứ Tư 25/11/2026 15:00')
  await expect(moved).toContainText('muộn hơn 1 ngày')
  await expect(agent.getByRole('article', { name: `Hồ sơ ${code}` })).toContainText('Hạn: Thứ Ba 24/11/2026 15:00')
  // The year itself is judged with the other screens; its days alone take a quarter of a minute.
  const { violations } = await new AxeBuilder({ page: admin }).include('main').exclude('[data-year-grid]').analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])

  await tabTo(admin, admin.getByRole('button', { name: 'Ghi vào lịch' }))
  await admin.keyboard.press('Enter')
  await expect(admin.getByText(/Đã ghi 1 mục vào lịch lúc .*hồ sơ đang mở được tính lại hạn/)).toBeVisible()
  await expect(pending(admin)).toContainText('Chưa có mục nào chờ ghi')
  await expect(admin.getByRole('button', { name: /Thứ Ba 24\/11.*nghỉ lễ/ })).toBeVisible()
  await expect(admin.getByRole('region', { name: /Lịch sử ghi lịch/ }).getByText(act)).toBeVisible()
})

test('D14: the agent sees the case due Wednesday 25/11 15:00, and its journal names the act', async () => {
  const view = agent.getByRole('article', { name: `Hồ sơ ${code}` })
  await expect(view).toContainText('Hạn: Thứ Tư 25/11/2026 15:00')
  await expect(view.getByRole('region', { name: 'Diễn biến' })).toContainText(act)
})

test('the proposal of a year becomes entries to be confirmed, the swap only where it is asked for', async () => {
  await tabTo(admin, admin.getByRole('combobox', { name: 'Năm' }), true)
  await admin.keyboard.press('Enter')
  const wanted = admin.getByRole('option', { name: '2028' })
  await expect(wanted).toBeVisible()
  // Whether the first key marks the year that is shown or the next is the list's own affair.
  const years = admin.locator('[role=option][data-combobox-selected]')
  let marked: string[] = []
  while (marked[0] !== '2028') {
    await admin.keyboard.press('ArrowDown')
    await expect.poll(() => years.allTextContents()).not.toEqual(marked)
    marked = await years.allTextContents()
  }
  await admin.keyboard.press('Enter')
  await expect(admin.getByRole('combobox', { name: 'Năm' })).toHaveValue('2028')
  await tabTo(admin, admin.getByRole('button', { name: 'Đề xuất ngày nghỉ năm 2028' }))
  await admin.keyboard.press('Enter')
  const dialog = admin.getByRole('dialog')
  await expect(dialog).toContainText('Mùng 1 Tết Mậu Thân là Thứ Tư 26/01/2028')
  await expect(dialog).toContainText('2 kỳ nghỉ chưa chọn phương án')
  const later = dialog.getByRole('radiogroup', { name: /Tết Nguyên đán/ }).getByRole('radio', { checked: true })
  await tabTo(admin, later)
  await admin.keyboard.press('ArrowUp')
  await expect(dialog).toContainText('1 kỳ nghỉ chưa chọn phương án')
  await tabTo(admin, dialog.getByRole('button', { name: /Đưa \d+ mục vào danh sách chờ/ }))
  await admin.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await expect(pending(admin)).toContainText('nghỉ Tết Nguyên đán Mậu Thân')
  await expect(pending(admin)).not.toContainText('hoán đổi')
  await expect(askButton(admin)).toBeDisabled()
})

test('#21 D2: other rules over past cases are tried, and nothing is changed', async () => {
  await openPage(admin, 'Bộ quy tắc')
  const form = admin.getByRole('form', { name: 'Tính thử với quy tắc khác' })
  await tabTo(admin, form.getByRole('button', { name: 'Tính thử' }))
  await admin.keyboard.press('Enter')
  await expect(form.getByText('Đổi ít nhất một quy tắc để tính thử.')).toBeVisible()
  await typeInto(admin, form.getByLabel('Cấp 2, giờ làm việc'), '4', true)
  await admin.keyboard.press('Enter')
  await expect(admin.getByText('Đây chỉ là tính thử. Không có gì bị thay đổi.')).toBeVisible()
  const differing = admin.getByRole('table', { name: /hồ sơ có kết quả khác/ })
  await expect(differing.getByRole('row', { name: new RegExp(code) })).toContainText('Thứ Tư 25/11/2026 15:00')
  await expect(agent.getByRole('article', { name: `Hồ sơ ${code}` })).toContainText('Hạn: Thứ Tư 25/11/2026 15:00')
})

/** The resources of the product before the day was known. */
function resourcesWithout(date: string): string {
  const dir = mkdtempSync(join(tmpdir(), 'ban-truc-resources-'))
  cpSync(resolve(import.meta.dirname, '../../resources'), dir, { recursive: true })
  const file = join(dir, 'calendars/dong-thap-offices.json')
  const calendar = JSON.parse(readFileSync(file, 'utf8')) as { days: { on: string }[] }
  writeFileSync(file, JSON.stringify({ ...calendar, days: calendar.days.filter(({ on }) => on !== date) }))
  return dir
}

async function openCalendars(page: Page): Promise<void> {
  await openPage(page, 'Lịch làm việc')
  await expect(page.getByRole('button', { name: /^Đề xuất ngày nghỉ/ })).toBeVisible()
}

async function openPage(page: Page, name: string): Promise<void> {
  await expect(page.getByRole('navigation', { name: 'Các phòng làm việc' })).toBeVisible()
  await page.keyboard.press('Control+7')
  const tabs = page.getByRole('tablist')
  await tabTo(page, tabs.getByRole('tab', { selected: true }))
  while (!(await tabs.getByRole('tab', { name, selected: true }).isVisible())) await page.keyboard.press('ArrowRight')
}

const pending = (page: Page): Locator => page.getByRole('region', { name: /Mục chờ ghi vào lịch/ })
const askButton = (page: Page): Locator => page.getByRole('button', { name: 'Xem trước hồ sơ đổi hạn' })
