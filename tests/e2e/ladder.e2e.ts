import { readFileSync } from 'node:fs'
import { expect, type Page, test } from '@playwright/test'
import { missingTool } from '../sip/speech.ts'
import { answerSlip } from './agency.ts'
import { password, signIn, signInAgent } from './people.ts'
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

const signInAtAgency = async (page: Page, username: string) => {
  await page.goto(`${world.serverUrl}/agency/`)
  await page.getByLabel('Tên đăng nhập').fill(username)
  await page.getByLabel('Mật khẩu').first().fill(password)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Đăng xuất' })).toBeVisible()
}

test('a slip goes to the focal officer with 8 working hours', async () => {
  code = await write(agent, {
    field: 'duong sa',
    area: 'my tho',
    content: 'Ổ gà lớn trước trường tiểu học, xe máy té mỗi sáng khi đưa con đi học, đề nghị vá sớm.',
    name: 'Phan Thị Hẹn',
    phone: '02775550177',
    address: 'Khóm 2',
  })
  await sendSlip(agent, 'so xay dung')
  await expect(agent.getByText(new RegExp(`Đã lưu hồ sơ ${code}`))).toBeVisible()
  const view = await openCase(agent, code)
  await expect(view).toContainText('cán bộ đầu mối đang xử lý')
  await expect(view).toContainText('Hạn: Thứ Sáu 20/11/2026 08:4')
})

test('nobody answers for 8 working hours: the slip climbs to the head, once, and the desk shows it', async () => {
  const view = agent.getByRole('article', { name: `Hồ sơ ${code}` })
  await world.steer({ at: '2026-11-20T08:39:00+07:00' })
  await expect(view).toContainText('cán bộ đầu mối đang xử lý')
  await world.steer({ at: '2026-11-20T08:45:00+07:00' })
  await expect(view).toContainText('đã chuyển Thủ trưởng đơn vị')
  // 48 working hours from the head's receipt (D2, R1): Fri 20/11 08:45 + 6 working days, Tue 24/11 being off.
  await expect(view).toContainText('Hạn: Thứ Ba 01/12/2026 08:45')
  await world.steer({ advanceSeconds: 60 })
  await expect(view.getByRole('region', { name: 'Diễn biến' }).getByText(/chuyển.*Thủ trưởng/i)).toHaveCount(1)
  const toHead = () =>
    world.messages().filter((message) => message.text.includes(code) && /Thủ trưởng|48/.test(message.text))
  await expect.poll(() => toHead().length).toBeGreaterThan(0)
})

test('the head is late: "trễ hạn (đang chờ xử lý)", on the board and in the office, and for ever', async () => {
  await world.steer({ at: '2026-12-01T09:00:00+07:00' })
  // The agent's session of the week before has ended by itself, and says so.
  await expect(agent.getByText(/Máy chủ đã kết thúc phiên làm việc/)).toBeVisible()

  const supervisor = (await world.openBrowser()).page
  await signIn(supervisor, await world.openDesk('board'), 'phuong.ntb')
  await supervisor.keyboard.press('Control+4')
  await expect(supervisor.getByRole('main')).toContainText(code)
  const view = await openCase(supervisor, code)
  await expect(view).toContainText('trễ hạn (đang chờ xử lý)')

  const head = (await world.openBrowser()).page
  await head.setViewportSize({ width: 390, height: 780 })
  await signInAtAgency(head, headOf('so-xay-dung'))
  await head.getByText(code).first().click()
  await answerSlip(head, 'Đã vá ổ gà bằng bê tông nhựa nóng trong đêm 30/11, mặt đường đã êm.', {
    cause: 'Nội dung phức tạp, phải xác minh thực tế',
    words: 'Phải chờ trạm trộn mở cửa lại sau đợt mưa.',
  })
  await expect(view).toContainText('Đã vá ổ gà bằng bê tông nhựa nóng')
  // #22: solved later is still late.
  await expect(view).toContainText(/trễ hạn/)
})

/** The username of the head of an agency, as the demonstration has it. */
function headOf(agencyId: string): string {
  const accounts = JSON.parse(readFileSync('resources/demo/dong-thap/accounts.json', 'utf8')) as {
    username: string
    role: string
    agencyId?: string
  }[]
  return accounts.find((account) => account.role === 'head' && account.agencyId === agencyId)!.username
}
