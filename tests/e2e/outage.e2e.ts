import { expect, type Page, test } from '@playwright/test'
import { missingTool } from '../sip/speech.ts'
import { signInAgent } from './people.ts'
import { openWorld, type World } from './world.ts'
import { openCase, sendSlip, write } from './writing.ts'

const missing = missingTool()
test.skip(missing !== null, `needs what is not installed: ${missing}`)
test.describe.configure({ mode: 'serial' })

let world: World
let agent: Page
let code: string

test.beforeAll(async () => {
  world = await openWorld({ at: '2026-11-19T08:40:00+07:00' })
  agent = (await world.openBrowser()).page
  await signInAgent(agent, await world.openDesk('desk'), 'ha.lt')
})
test.afterAll(async () => world?.close())

test('the server stops before the case is saved: it is saved with its final code, the deadline marked as provisional', async () => {
  code = await write(agent, {
    field: 'rac',
    area: 'sa dec',
    content: 'Rác dồn ở đầu hẻm bốn ngày chưa ai thu gom, mùi hôi vào lớp mẫu giáo bên cạnh.',
    name: 'Đỗ Văn Chờ',
    phone: '02775550166',
    address: 'Khóm 4',
  })
  await world.stopServer()
  await expect(agent.getByText(/mất kết nối từ \d\d:\d\d/i)).toBeVisible()
  await sendSlip(agent, 'so nong nghiep')
  await expect(agent.getByText(new RegExp(`Đã lưu hồ sơ ${code} trên máy này`))).toBeVisible()
  const view = await openCase(agent, code)
  await expect(view).toContainText('tạm tính')
  await expect(view).toContainText('chờ gửi')
  // Search and reading go on.
  await agent.keyboard.press('Control+3')
  await agent.getByRole('searchbox', { name: 'Tìm trong tri thức' }).fill('khai sinh')
  await expect(agent.getByRole('main')).toContainText(/khai sinh/i)
})

test('the server is back an hour later: the case arrives once, and the agent sees what changed and why', async () => {
  world.at = '2026-11-19T09:50:00+07:00'
  await world.startServer()
  await expect(agent.getByText(/Đã đồng bộ .* 0 chờ gửi/)).toBeVisible({ timeout: 60_000 })
  const view = await openCase(agent, code)
  await expect(view).not.toContainText('tạm tính')
  await expect(view.getByText(new RegExp(`mã biên nhận ${code}`))).toHaveCount(1)
  // D1: the agency received it when the server delivered it.
  await expect(view).toContainText(/Hạn: Thứ Sáu 20\/11\/2026 09:5/)
  await agent.keyboard.press('Control+8')
  await expect(agent.getByRole('main')).toContainText('Tất cả đã được máy chủ ghi nhận')
  await expect(agent.getByRole('main')).toContainText(/Hạn xử lý đổi từ .*08:4.* sang .*09:5/)
})
