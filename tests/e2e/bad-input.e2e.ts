import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { formatCode, parseCode } from '../../src-shared/cases/codes.ts'
import { openDeskFile } from '../faults/desk-file.ts'
import { missingTool } from '../sip/speech.ts'
import { answerSlip, openSlipFromMessage } from './agency.ts'
import { typeInto } from './keyboard.ts'
import { password } from './people.ts'
import { openWorld, type World } from './world.ts'
import { openCase, sendSlip, write } from './writing.ts'

const missing = missingTool()
test.skip(missing !== null, `needs what is not installed: ${missing}`)
test.describe.configure({ mode: 'serial' })

let world: World
let agent: Page
let url: string
/** Answered at once from an article. */
let answered: string
/** Sent to an agency. */
let slip: string
/** Written without a server, and not sent. */
let unsent: string

const openFinder = async () => {
  await agent.keyboard.press('Control+K')
  await expect(agent.getByRole('combobox', { name: 'Tìm nhanh' })).toBeFocused()
}
const formOf = (page: Page) => page.getByRole('form', { name: 'Phiếu tiếp nhận' })
const saved = (code: string) => agent.getByText(new RegExp(`Đã lưu hồ sơ ${code}`))
const found = () => agent.getByRole('listbox', { name: 'Kết quả tìm' }).getByRole('option')

test.beforeAll(async () => {
  world = await openWorld({ at: '2026-11-19T08:40:00+07:00' })
  agent = (await world.openBrowser()).page
  url = await world.openDesk('desk')
})
test.afterAll(async () => world?.close())

test('a wrong password is said, the name stays, and the right one opens the door', async () => {
  await agent.goto(url)
  await agent.getByLabel('Tên đăng nhập').fill('ha.lt')
  await agent.getByLabel('Mật khẩu', { exact: true }).fill(`${password}-khac`)
  await agent.keyboard.press('Enter')
  await expect(agent.getByText('Tên đăng nhập hoặc mật khẩu chưa đúng.')).toBeVisible()
  await expect(agent.getByLabel('Tên đăng nhập')).toHaveValue('ha.lt')
  await agent.getByLabel('Mật khẩu', { exact: true }).fill(password)
  await agent.keyboard.press('Enter')
  await expect(agent.getByText('Đường dây sẵn sàng')).toBeVisible()
})

test('S4 Đ.9 k.1: an answer from an article pins the version that was in force, and the journal names its source', async () => {
  answered = await write(agent, {
    field: 'an sinh',
    area: 'cao lanh',
    content: 'Mẹ tôi 76 tuổi, không có lương hưu, xin hỏi thủ tục hưởng trợ cấp hưu trí xã hội.',
    name: 'Trần Thị Hỏi',
    phone: '02775550133',
    address: 'Ấp 1',
  })
  const form = formOf(agent)
  await agent.keyboard.press('F4')
  await agent.keyboard.insertText('tro cap huu tri xa hoi')
  await agent
    .getByRole('complementary', { name: 'Trợ giúp' })
    .getByRole('button', { name: /Trợ cấp hưu trí xã hội/ })
    .first()
    .click()
  await agent.keyboard.press('Control+Shift+Enter')
  await expect(form.getByText(/Trả lời theo “Trợ cấp hưu trí xã hội”, phiên bản 2/)).toBeVisible()
  await agent.keyboard.press('Control+Enter')
  await expect(saved(answered)).toBeVisible()
  const view = await openCase(agent, answered)
  await expect(view).toContainText('bài tro-cap-huu-tri-xa-hoi, phiên bản 2')
  await expect(view.getByRole('region', { name: 'Diễn biến' }).getByText(/^Trả lời theo .*: /)).toBeVisible()
  await expect(view).not.toContainText('chờ gửi')
})

test('#50: a mistyped code proposes the right one; a code that no case has is said to be nowhere', async () => {
  const digit = (Number(answered[8]) + 1) % 10
  const mistyped = `${answered.slice(0, 8)}${digit}${answered.slice(9)}`
  await openFinder()
  await agent.keyboard.insertText(mistyped)
  await expect(agent.getByText('Chữ kiểm tra không khớp. Có thể là:')).toBeVisible()
  await expect(found().first()).toHaveText(answered)
  await agent.keyboard.press('Enter')
  await expect(agent.getByRole('combobox', { name: 'Tìm nhanh' })).toHaveValue(answered)
  await expect(found().first()).toContainText('Trần Thị Hỏi')

  const nowhere = formatCode(2026, 9_999_999)
  await agent.getByRole('combobox', { name: 'Tìm nhanh' }).fill(nowhere)
  await expect(agent.getByText(`Mã ${nowhere} viết đúng, nhưng không có hồ sơ nào mang mã này`)).toBeVisible()
  await expect(found()).toHaveCount(0)

  // Wrong, and near no case at all: nothing is proposed.
  const strange = `${nowhere.slice(0, -1)}${nowhere.endsWith('A') ? 'C' : 'A'}`
  expect(parseCode(strange).ok).toBe(false)
  await agent.getByRole('combobox', { name: 'Tìm nhanh' }).fill(strange)
  await expect(agent.getByText('Chữ kiểm tra không khớp.')).toBeVisible()
  await expect(agent.getByText('Có thể là:')).toBeHidden()
  await agent.keyboard.press('Escape')
  await expect(agent.getByRole('combobox', { name: 'Tìm nhanh' })).toBeHidden()
})

test('S4 Đ.8 k.2: a refusal without a reason or an address is not taken; with both, the citizen can read them', async () => {
  const content = 'Đề nghị tổng đài xem lại bản án dân sự của gia đình tôi năm 2019.'
  const code = await write(agent, {
    field: 'noi dung khac',
    area: 'cao lanh',
    content,
    name: 'Lý Văn Kiện',
    phone: '02775550144',
    address: 'Ấp 3',
  })
  const form = formOf(agent)
  await agent.keyboard.press('Control+Shift+3')
  await agent.keyboard.press('Control+Enter')
  await expect(form.getByText(/Từ chối tiếp nhận phải nêu lý do .*Điều 8 khoản 2/).first()).toBeVisible()
  await form.getByRole('combobox', { name: 'Lý do không tiếp nhận' }).click()
  await agent.getByRole('option', { name: /không thuộc phạm vi tiếp nhận/ }).click()
  await form.getByLabel('Nơi hướng dẫn liên hệ').fill('')
  await agent.keyboard.press('Control+Enter')
  await expect(form.getByText(/phải hướng dẫn địa chỉ liên hệ .*Điều 8 khoản 2/).first()).toBeVisible()
  await expect(form.getByLabel('Nội dung phản ánh, kiến nghị')).toHaveValue(content)
  const address = 'Tòa án nhân dân tỉnh, số 4 đường Võ Trường Toản'
  await form.getByLabel('Nơi hướng dẫn liên hệ').fill(address)
  await agent.keyboard.press('Control+Enter')
  await expect(saved(code)).toBeVisible()
  const view = await openCase(agent, code)
  await expect(view).toContainText(`Đã hướng dẫn đến: ${address}`)
  await expect(view.getByRole('region', { name: 'Diễn biến' })).toContainText(`Đã hướng dẫn liên hệ ${address}`)
  await expect(view).not.toContainText('chờ gửi')

  const citizen = (await world.openBrowser()).page
  await citizen.goto(`${world.serverUrl}/tra-cuu?code=${code}`)
  await expect(citizen.locator('main')).toContainText('Nội dung không thuộc phạm vi tiếp nhận của Tổng đài 1022')
  await expect(citizen.locator('main')).toContainText(address)
  await expect(citizen.locator('body')).not.toContainText(/Lý Văn Kiện|bản án/)
})

test('S4 Đ.4 k.6: the card of 114 logs a case of its own, and what is being written stays', async () => {
  slip = await write(agent, {
    field: 'duong sa',
    area: 'my tho',
    content: 'Ổ gà lớn trước trường tiểu học, xe máy té mỗi sáng khi đưa con đi học, đề nghị vá sớm.',
    name: 'Hồ Thị Bình An',
    phone: '02775550155',
    address: 'Khóm 2',
  })
  await agent.keyboard.press('F5')
  await expect(agent.getByRole('dialog').getByRole('button', { name: /113 · / })).toBeFocused()
  await agent.keyboard.press('2')
  const card = agent.getByRole('dialog', { name: /Cứu hỏa/ })
  await expect(card.getByText('114', { exact: true })).toBeVisible()
  await expect(card.getByRole('button', { name: /Đã đọc số cho khách/ })).toBeFocused()
  await agent.keyboard.press('Enter')
  await expect(card).toBeHidden()
  await expect(formOf(agent).getByLabel('Họ tên')).toHaveValue('Hồ Thị Bình An')
  await expect(formOf(agent).getByRole('status', { name: 'Mã biên nhận' })).toHaveText(slip)
  await openFinder()
  await agent.keyboard.insertText('0277 555 01 55')
  await expect(found().first()).toContainText('Hồ Thị Bình An')
  const logged = parseCode((await found().first().locator('strong').textContent())!)
  expect(logged.ok && logged.code).not.toBe(slip)
  await agent.keyboard.press('Enter')
  const view = agent.getByRole('article')
  await expect(view).toContainText('Hướng dẫn người dân liên hệ 114')
  await expect(view).not.toContainText('chờ gửi')
})

test('S4 Đ.10 k.3: the second postponement is refused in words, and the officer’s words stay', async () => {
  await agent.keyboard.press('Control+1')
  await sendSlip(agent, 'so xay dung')
  await expect(saved(slip)).toBeVisible()
  const officer = (await world.openBrowser()).page
  await openSlipFromMessage(world, officer, slip)
  const postpone = async (at: string, reason: string) => {
    await officer.getByRole('button', { name: /^Cần thêm thời gian/ }).click()
    await officer.getByLabel('Sẽ xong lúc').fill(at)
    await officer.getByLabel('Lý do').fill(reason)
    await officer.getByRole('button', { name: 'Gửi', exact: true }).click()
  }
  await postpone('2026-11-23T10:00', 'Chờ bê tông nhựa nóng về đến công trường.')
  await expect(officer.getByText('Đã hẹn lại. Tổng đài sẽ báo người dân.')).toBeVisible()
  await postpone('2026-11-26T10:00', 'Mưa lớn, chưa vá được mặt đường.')
  await expect(officer.getByText(/Đã hẹn lại một lần; Quy chế chỉ cho hẹn lại không quá 01 lần/)).toBeVisible()
  await expect(officer.getByLabel('Sẽ xong lúc')).toHaveValue('2026-11-26T10:00')
  await expect(officer.getByLabel('Lý do')).toHaveValue('Mưa lớn, chưa vá được mặt đường.')
  await officer.getByRole('button', { name: /^Cần thêm thời gian/ }).click()
  await answerSlip(officer, 'Đã vá ổ gà bằng bê tông nhựa nóng, mặt đường đã êm.')
})

test('S2 k.1: a case is not closed without proof, and what was typed beside it stays', async () => {
  const view = await openCase(agent, slip)
  await expect(view).toContainText('mặt đường đã êm')
  const press = (name: string) =>
    view.getByRole('toolbar', { name: 'Việc có thể làm' }).getByRole('button', { name: new RegExp(`^${name}`) })
  await press('Ghi đã trả lời người dân').click()
  const telling = agent.getByRole('form', { name: 'Ghi đã trả lời người dân' })
  await telling.getByLabel('Ghi chú').fill('Chị An đã nghe máy và đồng ý.')
  await agent.keyboard.press('Control+Enter')
  await expect(telling).toBeHidden()
  await press('Kết thúc').click()
  const closing = agent.getByRole('form', { name: 'Kết thúc' })
  const at = closing.getByLabel('Đã liên hệ được người dân lúc')
  await expect(at).not.toHaveValue('')
  const told = await at.inputValue()
  await closing.getByLabel(/^Minh chứng/).fill('')
  await agent.keyboard.press('Control+Enter')
  await expect(closing.getByText(/Kết thúc phải có căn cứ.*Nội dung đã nhập vẫn còn nguyên/)).toBeVisible()
  await expect(at).toHaveValue(told)
  await typeInto(agent, closing.getByLabel(/^Minh chứng/), 'Ảnh mặt đường sau khi vá, công văn 12/SXD.', true)
  await agent.keyboard.press('Control+Enter')
  await expect(closing).toBeHidden()
  await expect(view.getByRole('region', { name: 'Diễn biến' })).toContainText('công văn 12/SXD')
})

test('a server of another version: the desk says who must update, sends nothing and keeps what waits', async () => {
  await world.stopServer()
  await expect(agent.getByText(/mất kết nối từ \d\d:\d\d/i)).toBeVisible()
  unsent = await write(agent, {
    field: 'rac',
    area: 'sa dec',
    content: 'Rác dồn ở đầu hẻm bốn ngày chưa ai thu gom, mùi hôi vào lớp mẫu giáo bên cạnh.',
    name: 'Đỗ Văn Chờ',
    phone: '02775550166',
    address: 'Khóm 4',
  })
  await sendSlip(agent, 'so nong nghiep')
  await expect(agent.getByText(new RegExp(`Đã lưu hồ sơ ${unsent} trên máy này`))).toBeVisible()
  await expect(agent.getByText(/· 2 chờ gửi/)).toBeVisible()

  const asked: string[] = []
  const newer = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    const isMeeting = request.url === '/api/sync/meet'
    const why = { serverVersion: '9.0.0', serverProtocol: 9, oldest: 9 }
    response.writeHead(isMeeting ? 426 : 404, { 'content-type': 'application/json' }).end(
      JSON.stringify({
        ok: false,
        error: isMeeting ? { code: 'protocol', message: 'another protocol', why } : { code: 'gone', message: 'gone' },
      }),
    )
  })
  await new Promise<void>((done) => newer.listen(Number(new URL(world.serverUrl).port), '127.0.0.1', done))
  try {
    await expect(
      agent.getByText('Máy chủ đã lên phiên bản 9.0.0. Bàn trực này cần được cập nhật; việc chưa gửi vẫn giữ nguyên'),
    ).toBeVisible({ timeout: 60_000 })
    await expect(agent.getByText(/Cần cập nhật bàn trực \(máy chủ 9\.0\.0\) · 2 chờ gửi/)).toBeVisible()
    // It is asked again and again, and given nothing.
    const before = asked.length
    await expect.poll(() => asked.length, { timeout: 60_000 }).toBeGreaterThan(before)
    // The telephone looks for its line by itself; of the desk's work nothing goes out but where it stands (S6).
    const isGreeting = (line: string) => ['POST /api/sync/meet', 'GET /api/sync/poke'].includes(line)
    expect(asked.filter((line) => line.includes('/api/') && !isGreeting(line))).toEqual([])
  } finally {
    newer.closeAllConnections()
    await new Promise((done) => newer.close(done))
  }
})

test('the desk’s database is torn: it is set aside, the cases come back, what was not sent is sent once', async () => {
  let torn: Buffer = Buffer.alloc(0)
  url = await world.restartDesk('desk', async (dir) => {
    torn = await tearCases(dir)
  })
  await agent.goto(url)
  const notice = agent.getByText(/Cơ sở dữ liệu trên máy này bị hỏng, đã được cất riêng/)
  await expect(notice).toContainText('Giữ được 2 việc chưa gửi và')
  const aside = readdirSync(join(world.dir, 'desk')).filter((name) => /\.hong-\d+$/.test(name))
  expect(aside).toHaveLength(1)
  await expect(notice).toContainText(aside[0]!)
  expect(readFileSync(join(world.dir, 'desk', aside[0]!)).equals(torn)).toBe(true)

  world.at = '2026-11-19T10:30:00+07:00'
  await world.startServer()
  await expect(agent.getByText(/Đã đồng bộ .* 0 chờ gửi/)).toBeVisible({ timeout: 60_000 })
  for (const code of [answered, slip]) await expect(await openCase(agent, code)).not.toContainText('chờ gửi')
  const view = await openCase(agent, unsent)
  await expect(view).toContainText('cán bộ đầu mối đang xử lý')
  await expect(view.getByText(new RegExp(`mã biên nhận ${unsent}`))).toHaveCount(1)
  await expect(view.getByText(/^Gửi phiếu chuyển đến/)).toHaveCount(1)
  const sent = () => world.messages().filter(({ text }) => text.includes(unsent) && text.includes('/phieu/'))
  await expect.poll(() => sent().length).toBe(1)
  expect(await openedInRegister(unsent)).toBe(1)

  await agent.getByRole('button', { name: 'Đã rõ' }).click()
  await expect(notice).toBeHidden()
})

/** Makes the pages on which the cases stand unreadable, as a failing disk does; answers the file as it then is. */
async function tearCases(dir: string): Promise<Buffer> {
  const file = join(dir, 'ban-truc.sqlite')
  const db = await openDeskFile(dir)
  const size = db.pragma('page_size', { simple: true }) as number
  const pages = db.prepare<[], { rootpage: number }>(
    "SELECT rootpage FROM sqlite_master WHERE type = 'table' AND name IN ('cases', 'events')",
  )
  const roots = pages.all().map(({ rootpage }) => rootpage)
  db.close()
  const bytes = readFileSync(file)
  for (const root of roots) bytes.fill(0xee, (root - 1) * size, root * size)
  writeFileSync(file, bytes)
  return bytes
}

/** How often the register has a case with this code, asked past every desk. */
async function openedInRegister(code: string): Promise<number> {
  const signedIn = await fetch(`${world.serverUrl}/api/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'phuong.ntb', password }),
  })
  const { token } = (await signedIn.json()) as { token: string }
  let opened = 0
  for (let cursor = 0, hasMore = true; hasMore; ) {
    const answer = await fetch(`${world.serverUrl}/api/sync/pull?cursor=${cursor}&limit=2000`, {
      headers: { authorization: `Bearer ${token}` },
    })
    expect(answer.status).toBe(200)
    const lines = (await answer.text()).trim().split('\n')
    opened += lines.filter((line) => line.includes('"case.opened"') && line.includes(code)).length
    ;({ cursor, hasMore } = (JSON.parse(lines.at(-1)!) as { end: { cursor: number; hasMore: boolean } }).end)
  }
  return opened
}
