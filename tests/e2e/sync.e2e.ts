import { existsSync } from 'node:fs'
import { expect, type Page, test } from '@playwright/test'
import { uuidv7 } from 'uuidv7'
import { chromium } from '../sip/speech.ts'
import { type Cable, layCable } from './cable.ts'
import { tabTo, typeInto } from './keyboard.ts'
import { password, signIn } from './people.ts'
import { desk as deskSizes, findings, show } from './screens.ts'
import { openWorld, type World } from './world.ts'
import { openCase, sendSlip, write } from './writing.ts'

test.skip(!existsSync(chromium), `needs what is not installed: ${chromium}`)
test.describe.configure({ mode: 'serial' })

let world: World
let cable: Cable
let agent: Page
let supervisor: Page
let admin: Page
let code: string
const deskName = 'Bàn 3, tầng 1'
const reason = 'Đoạn đường này do Sở quản lý theo phân cấp, tổng đài đã đối chiếu với Ban Quản lý dự án.'

test.beforeAll(async () => {
  world = await openWorld({ at: '2026-11-19T08:40:00+07:00' })
  cable = await layCable(world.serverUrl)
  agent = (await world.openBrowser()).page
  await signIn(agent, await world.openDesk('desk', cable.url), 'ha.lt')
})
test.afterAll(async () => {
  await cable?.close()
  await world?.close()
})

const main = (page: Page) => page.getByRole('main')
const statusBar = (page: Page) => page.getByRole('region', { name: 'Tình trạng bàn trực' })

test('S28, S29: without a server a case and a slip are kept; each fact says that it waits, the others how old they are', async () => {
  await world.stopServer()
  await expect(statusBar(agent)).toContainText(/Mất kết nối từ \d\d:\d\d/)
  code = await write(agent, {
    field: 'chieu sang',
    area: 'phuong cao lanh',
    content: 'Đèn đường trước số 12 đường Nguyễn Huệ tắt ba đêm, xe máy suýt tông người đi bộ.',
    name: 'Lâm Văn Út',
    phone: '02775554012',
    address: 'Khóm 7, phường Cao Lãnh',
  })
  await sendSlip(agent, 'so xay dung')
  await expect(agent.getByText(new RegExp(`Đã lưu hồ sơ ${code} trên máy này`))).toBeVisible()
  await expect(statusBar(agent)).toContainText(/2 chờ gửi từ \d\d:\d\d/)

  const view = await openCase(agent, code)
  const head = view.locator('header')
  await expect(head).toContainText('chờ gửi')
  await expect(head).toContainText('tạm tính')
  await expect(head).toContainText(/Theo sổ gốc lúc \d\d:\d\d \(.*\)/)
  // In the journal each entry that the register has not confirmed says so.
  const entries = view.getByRole('region', { name: 'Diễn biến' }).getByRole('listitem')
  expect(await entries.count()).toBeGreaterThan(1)
  await expect(entries.filter({ hasNotText: 'chờ gửi' })).toHaveCount(0)
  // Once above the list, and not in each row.
  await expect(main(agent).getByText(/^Theo sổ gốc lúc/)).toHaveCount(2)
  await show(agent, 'dong-bo-mat-mang')
  // It grows older by itself: nobody has pressed anything.
  await agent.evaluate(() => {
    const real = Date.now.bind(Date)
    Date.now = () => real() + 2 * 3_600_000 + 60_000
  })
  await expect(head).toContainText('(2 giờ trước)')
  await agent.evaluate(() => {
    const moved = Date.now.bind(Date)
    Date.now = () => moved() - 2 * 3_600_000 - 60_000
  })
})

test('the page of what is unsent says what, in which order, and why not yet', async () => {
  await agent.keyboard.press('Control+8')
  await expect(main(agent)).toContainText(/Chưa gửi vì mất kết nối với máy chủ từ \d\d:\d\d/)
  const rows = main(agent).getByRole('table', { name: 'Chờ gửi (2)' }).getByRole('row')
  await expect(rows.nth(1)).toContainText(/Lê Thu Hà.*gửi đầu tiên/)
  await expect(rows.nth(2)).toContainText(/Lê Thu Hà.*sau 1 việc/)
  await expect(rows.nth(2)).toContainText(code)
  await expect(main(agent)).toContainText('Không có việc nào bị từ chối')
  await show(agent, 'viec-cho-gui')
})

test('S31: the server is back an hour later: what is different is told with its reason', async () => {
  world.at = '2026-11-19T09:50:00+07:00'
  await world.startServer()
  await expect(statusBar(agent)).toContainText(/Đã đồng bộ .* 0 chờ gửi/, { timeout: 60_000 })
  const table = main(agent).getByRole('table', { name: 'Khác với tạm tính trên máy này' })
  await expect(table).toContainText(code)
  await expect(table).toContainText(/Hạn xử lý đổi từ .*08:4.* sang .*09:5.*, vì/)
  await expect(main(agent)).toContainText('Tất cả đã được máy chủ ghi nhận')
  await show(agent, 'viec-cho-gui-khac')
  const view = await openCase(agent, code)
  await expect(view).not.toContainText('tạm tính')
  await expect(view).not.toContainText('chờ gửi')
  await expect(main(agent).getByText(/^Theo sổ gốc lúc/)).toHaveCount(0)
})

test('S30: two people judge one return; the later one finds it refused, with the reason and every word of it', async () => {
  await officerReturns()
  await expect(await openCase(agent, code)).toContainText('Đơn vị trả lại')
  supervisor = (await world.openBrowser()).page
  await signIn(supervisor, await world.openDesk('supervisor'), 'phuong.ntb')
  cable.pull()
  await expect(statusBar(agent)).toContainText(/Mất kết nối/)
  await rejectReturn(supervisor, 'Trưởng ca đã trao đổi với Sở, Sở nhận xử lý.')
  await rejectReturn(agent, reason)
  await expect(statusBar(agent)).toContainText('1 chờ gửi')
  cable.plugIn()
  await expect(statusBar(agent)).toContainText('1 việc cần xem lại', { timeout: 60_000 })
  const view = await openCase(agent, code)
  await expect(view.locator('header')).toContainText('cần xem lại')
  await tabTo(agent, view.getByRole('button', { name: 'Xem lý do' }))
  await agent.keyboard.press('Enter')
  const attention = main(agent).getByRole('region', { name: 'Cần xem lại (1)' })
  await expect(attention).toContainText('Không chấp nhận trả lại')
  await expect(attention).toContainText('Không có đề nghị trả lại nào đang chờ xem xét.')
  await expect(attention).toContainText(reason)
  await expect(attention).toContainText('Lê Thu Hà')
  await show(agent, 'can-xem-lai-loi')
})

test('while it cannot be done, that is said; when it can again, the same words go out by the keyboard alone', async () => {
  const again = main(agent).getByRole('button', { name: /^Làm lại với lời này/ })
  await agent.keyboard.press('Control+ArrowDown')
  await expect(main(agent).getByRole('heading', { name: 'Không chấp nhận trả lại' })).toBeFocused()
  await tabTo(agent, again)
  await agent.keyboard.press('Enter')
  await expect(agent.getByText('Việc “Không chấp nhận trả lại” không còn làm được với hồ sơ này')).toBeVisible()

  await officerReturns()
  await expect(main(agent)).toContainText('Đơn vị trả lại')
  await agent.keyboard.press('Control+8')
  await tabTo(agent, again)
  await agent.keyboard.press('Enter')
  const form = agent.getByRole('form', { name: 'Không chấp nhận trả lại' })
  await expect(form.getByLabel('Lý do')).toBeFocused()
  await expect(form.getByLabel('Lý do')).toHaveValue(reason)
  await show(agent, 'lam-lai')
  await agent.keyboard.press('Control+Enter')
  await expect(form).toBeHidden()
  await expect(statusBar(agent)).not.toContainText('cần xem lại')
  await expect(statusBar(agent)).toContainText(/0 chờ gửi/)
  await expect(main(agent)).toContainText(reason)
  await agent.keyboard.press('Control+8')
  await expect(main(agent)).toContainText('Không có việc nào bị từ chối')
})

test('S30: whoever has seen a refusal puts it away and stays where it stood', async () => {
  await officerReturns()
  await expect(await openCase(agent, code)).toContainText('Đơn vị trả lại')
  cable.pull()
  await expect(statusBar(agent)).toContainText(/Mất kết nối/)
  await rejectReturn(supervisor, 'Sở nhận xử lý.')
  await rejectReturn(agent, reason)
  cable.plugIn()
  await expect(statusBar(agent)).toContainText('1 việc cần xem lại', { timeout: 60_000 })
  await agent.keyboard.press('Control+8')
  await tabTo(agent, main(agent).getByRole('button', { name: /^Đã xem, bỏ qua/ }))
  await agent.keyboard.press('Enter')
  await expect(main(agent)).toContainText('Không có việc nào bị từ chối')
  // The focus is in the room, so that the next Tab does not begin at the top of the window.
  expect(await agent.evaluate(() => document.querySelector('main')?.contains(document.activeElement))).toBe(true)
})

test('S26: an administrator sees every desk, names one; a supervisor sees them and orders nothing', async () => {
  admin = (await world.openBrowser()).page
  await signIn(admin, await world.openDesk('admin'), 'triet.cm')
  await openDesks(admin)
  const table = admin.getByRole('table', { name: 'Bàn trực' })
  const row = table.getByRole('row', { name: /Lê Thu Hà/ })
  await expect(row).toContainText('đang kết nối')
  // The world of the tests has a day of its own, and the computer another.
  await expect(row).toContainText(/(nhanh|chậm) \d+ /)
  await row.getByRole('button').click()
  const name = admin.getByLabel('Tên gọi')
  await typeInto(admin, name, deskName)
  await admin.keyboard.press('Enter')
  await expect(admin.getByText('Đã lưu tên.')).toBeVisible()
  await expect(row).toContainText(deskName)
  const codes = admin.getByRole('table', { name: 'Mã biên nhận đã cấp' })
  await expect(codes.getByRole('row', { name: /^2026/ })).toBeVisible()
  await show(admin, 'ban-truc')

  await openDesks(supervisor)
  await supervisor.getByRole('button', { name: deskName }).click()
  await expect(main(supervisor)).toContainText('Đặt tên và xóa từ xa là việc của quản trị.')
  await expect(supervisor.getByRole('button', { name: /^Xóa dữ liệu/ })).toHaveCount(0)
  await show(supervisor, 'ban-truc-xem', { isDark: false })
})

test('without a link the page says so and keeps the last list', async () => {
  await world.stopServer()
  await expect(main(admin)).toContainText('hiện chưa liên lạc được', { timeout: 60_000 })
  await expect(admin.getByRole('table', { name: 'Bàn trực' })).toContainText(deskName)
  await show(admin, 'ban-truc-mat-mang', { sizes: [deskSizes[0]!], isDark: false })
  world.at = '2026-11-19T10:30:00+07:00'
  await world.startServer()
  await expect(statusBar(admin)).toContainText('Đã đồng bộ', { timeout: 60_000 })
  await expect(statusBar(agent)).toContainText('Đã đồng bộ', { timeout: 60_000 })
})

test('S39, S40: a desk is wiped with a reason and its name typed by hand; the desk says so, and what was lost is known', async () => {
  await openDesks(admin)
  const table = admin.getByRole('table', { name: 'Bàn trực' })
  await table.getByRole('button', { name: deskName }).click()
  await tabTo(admin, admin.getByRole('button', { name: 'Xóa dữ liệu từ xa…' }))
  await admin.keyboard.press('Enter')
  const form = admin.getByRole('form', { name: `Xóa dữ liệu của bàn trực ${deskName}` })
  await expect(form.getByLabel(/^Lý do/)).toBeFocused()
  await admin.keyboard.insertText('Máy bị mất trộm đêm 18/11.')
  await typeInto(admin, form.getByLabel(/để xác nhận$/), 'Bàn 4')
  await admin.keyboard.press('Enter')
  await expect(form).toBeVisible()
  await typeInto(admin, form.getByLabel(/để xác nhận$/), deskName)
  await show(admin, 'xoa-ban-truc')
  await admin.keyboard.press('Enter')
  await expect(form).toBeHidden()

  await expect(agent.getByText(/Quản trị đã ra lệnh xóa dữ liệu của bàn trực này, vì: Máy bị mất trộm/)).toBeVisible({
    timeout: 60_000,
  })
  await expect(agent.getByLabel('Tên đăng nhập')).toBeVisible()
  await show(agent, 'da-xoa')
  await expect(main(admin)).toContainText(/Đã xóa xong .*theo lệnh của Cao Minh Triết.*mất 0 việc chưa gửi/, {
    timeout: 60_000,
  })
  await show(admin, 'ban-truc-da-xoa', { isDark: false })
})

test('nothing sticks out, no serious finding of axe on any of the screens', () => {
  expect(findings).toEqual([])
})

async function openDesks(page: Page): Promise<void> {
  await page.keyboard.press('Control+7')
  await page.getByRole('tab', { name: 'Bàn trực' }).click()
  await expect(page.getByRole('table', { name: 'Bàn trực' })).toBeVisible()
}

/** The agency says "not ours", from its own page's interface. */
async function officerReturns(): Promise<void> {
  const post = async <T>(path: string, body: object, token?: string): Promise<T> => {
    const answer = await fetch(world.serverUrl + path, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
    })
    expect(answer.status, path).toBe(200)
    return (await answer.json()) as T
  }
  const { token } = await post<{ token: string }>('/api/sign-in', { username: 'truc.vt', password })
  const slips = await fetch(`${world.serverUrl}/api/agency/slips`, { headers: { authorization: `Bearer ${token}` } })
  const { slips: held } = (await slips.json()) as { slips: { caseId: string; code: string }[] }
  const { caseId } = held.find((slip) => slip.code === code)!
  const input = { reason: 'Tuyến đường này không do Sở quản lý.' }
  const given = { commandId: uuidv7(), caseId, name: 'slip.return', input }
  expect(await post('/api/agency/commands', given, token)).toMatchObject({ outcome: 'done' })
}

/** On the case's own page, by the keyboard. */
async function rejectReturn(page: Page, words: string): Promise<void> {
  const view = await openCase(page, code)
  await expect(view).toContainText('Đơn vị trả lại')
  await tabTo(page, view.getByRole('button', { name: 'Không chấp nhận trả lại' }))
  await page.keyboard.press('Enter')
  const form = page.getByRole('form', { name: 'Không chấp nhận trả lại' })
  await expect(form.getByLabel('Lý do')).toBeFocused()
  await page.keyboard.insertText(words)
  await page.keyboard.press('Control+Enter')
  await expect(form).toBeHidden()
}
