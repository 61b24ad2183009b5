import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { missingTool, speak } from '../sip/speech.ts'
import { callBar, callTheHotline, signInAgent } from './people.ts'
import { openWorld, type World } from './world.ts'
import { openCase, sendSlip, write } from './writing.ts'

const missing = missingTool()
test.skip(missing !== null, `needs what is not installed: ${missing}`)
test.describe.configure({ mode: 'serial' })

let world: World
let agent: Page
let code: string
let speech: string

test.beforeAll(async () => {
  world = await openWorld({ at: '2026-11-19T08:40:00+07:00' })
  speech = mkdtempSync(join(tmpdir(), 'speech-'))
  agent = (await world.openBrowser(speak(speech, 'agent'))).page
  await signInAgent(agent, await world.openDesk('desk'), 'ha.lt')
})
test.afterAll(async () => {
  await world?.close()
  rmSync(speech, { recursive: true, force: true })
})

test('the server stops in a call, before the case is saved: the call goes on, the case has its final code, its deadline is provisional', async () => {
  const caller = (await world.openBrowser(speak(speech, 'citizen'))).page
  await callTheHotline(caller, world.serverUrl, '02775550166')
  await expect(callBar(agent).getByRole('button', { name: /Nghe máy/ })).toBeVisible()
  await agent.keyboard.press('F2')
  await expect(callBar(agent)).toContainText('Đang nói')
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
  await expect(callBar(agent)).toContainText('Đang nói')
  await sendSlip(agent, 'so nong nghiep')
  await expect(agent.getByText(new RegExp(`Đã lưu hồ sơ ${code} trên máy này`))).toBeVisible()
  const view = await openCase(agent, code)
  await expect(view).toContainText('tạm tính')
  await expect(view).toContainText('chờ gửi')
  // Two people still hear each other; the call ends when they end it, and its recording is kept here.
  await expect(callBar(agent)).toContainText('Đang nói')
  await agent.keyboard.press('F9')
  await expect(view).toContainText('chỉ có trên máy này')
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
  await expect(view.getByText('máy chủ đã xác nhận')).toHaveCount(1, { timeout: 60_000 })
  await agent.keyboard.press('Control+8')
  await expect(agent.getByRole('main')).toContainText('Tất cả đã được máy chủ ghi nhận')
  await expect(agent.getByRole('main')).toContainText(/Hạn xử lý đổi từ .*08:4.* sang .*09:5/)
})
