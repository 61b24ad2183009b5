import { randomUUID } from 'node:crypto'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { missingTool } from '../sip/speech.ts'
import { password, signIn } from './people.ts'
import { findings, show, showEnlarged } from './screens.ts'
import { openWorld, type World } from './world.ts'
import { openCase, sendSlip, write } from './writing.ts'

const missing = missingTool()
test.skip(missing !== null, `needs what is not installed: ${missing}`)
test.describe.configure({ mode: 'serial' })

let world: World
let resources: string
let supervisor: Page
let office: Page
/** Receipt codes of the three cases, all written in the first minute of the story. */
let water: string
let bridge: string
let market: string

const officer = 'truc.vt'
const report = (content: string) => ({
  field: 'duong sa',
  area: 'my tho',
  content,
  name: 'Phan Thị Hẹn',
  phone: '02775550177',
  address: 'Khóm 2',
})
const viewOf = (page: Page, code: string) => page.getByRole('article', { name: `Hồ sơ ${code}` })
const clockOf = (page: Page, code: string) => viewOf(page, code).locator('summary')
const journalOf = (page: Page, code: string) => viewOf(page, code).getByRole('region', { name: 'Diễn biến' })
const watched = (page: Page, name: RegExp) =>
  page.getByRole('navigation', { name: 'Danh sách theo dõi' }).getByRole('button', { name })
const inList = (page: Page, list: string, code: string) =>
  page.getByRole('region', { name: list }).getByRole('button', { name: new RegExp(code) })

/** The province as it ships, but for one department whose last day is the first of this story (D13). */
function provinceWithoutTrade(): string {
  const dir = mkdtempSync(join(tmpdir(), 'resources-'))
  cpSync(resolve(import.meta.dirname, '../../resources'), dir, { recursive: true })
  const file = join(dir, 'demo/dong-thap/agencies.json')
  const agencies = JSON.parse(readFileSync(file, 'utf8')) as { id: string; validTo?: string; successorId?: string }[]
  const trade = agencies.find(({ id }) => id === 'so-cong-thuong')!
  trade.validTo = '2026-11-19'
  trade.successorId = 'so-tai-chinh'
  writeFileSync(file, JSON.stringify(agencies))
  return dir
}

/** An officer at the agency's own workspace, by the contract its pages use. */
async function openAgency(username: string) {
  const ask = async (path: string, init: { body?: unknown; token?: string }) => {
    const answer = await fetch(`${world.serverUrl}${path}`, {
      method: init.body === undefined ? 'GET' : 'POST',
      headers: {
        ...(init.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(init.token === undefined ? {} : { authorization: `Bearer ${init.token}` }),
      },
      ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
    })
    expect(answer.status, `${path}: ${await answer.clone().text()}`).toBe(200)
    return answer.json()
  }
  const { token } = (await ask('/api/sign-in', { body: { username, password } })) as { token: string }
  return async (code: string, name: string, input: unknown) => {
    const { slips } = (await ask('/api/agency/slips', { token })) as { slips: { code: string; caseId: string }[] }
    const caseId = slips.find((slip) => slip.code === code)?.caseId
    expect(caseId, `the slip of ${code} is in the agency's list`).toBeDefined()
    const body = { commandId: randomUUID(), caseId, name, input }
    expect(await ask('/api/agency/commands', { token, body })).toEqual({ outcome: 'done' })
  }
}

async function send(content: string, agency: string): Promise<string> {
  const code = await write(supervisor, report(content))
  await sendSlip(supervisor, agency)
  await expect(supervisor.getByText(new RegExp(`Đã lưu hồ sơ ${code}, máy chủ đã ghi nhận`))).toBeVisible()
  return code
}

test.beforeAll(async () => {
  resources = provinceWithoutTrade()
  process.env.BT1022_RESOURCES_DIR = resources
  world = await openWorld({ at: '2026-11-19T08:40:00+07:00' })
  supervisor = (await world.openBrowser()).page
  await signIn(supervisor, await world.openDesk('supervisor'), 'phuong.ntb')
  office = (await world.openBrowser()).page
  await signIn(office, await world.openDesk('office'), 'chi.nhd')
})
test.afterAll(async () => {
  delete process.env.BT1022_RESOURCES_DIR
  await world?.close()
  rmSync(resources, { recursive: true, force: true })
})

test('#30, D8: a pause asked at the agency changes nothing until another role confirms it; then the clock stands still from the request', async () => {
  water = await send('Nước máy đục ba ngày nay ở cả dãy phố, đề nghị kiểm tra nguồn nước.', 'so xay dung')
  bridge = await send('Cầu yếu trên đường huyện 27, xe tải nặng qua lại làm nứt mố cầu.', 'so xay dung')
  market = await send('Chợ tạm lấn lòng đường trước cổng khu công nghiệp, kẹt xe cả cây số.', 'so cong thuong')
  await world.steer({ at: '2026-11-19T10:40:00+07:00' })
  const agency = await openAgency(officer)
  await agency(water, 'pause.request', {
    reasonCode: 'cho-ket-qua-giam-dinh',
    explanation: 'Đã lấy mẫu nước gửi kiểm nghiệm.',
  })
  const view = await openCase(supervisor, water)
  await expect(view).toContainText('Đã lấy mẫu nước gửi kiểm nghiệm.')
  await expect(view).toContainText('Chưa được xác nhận nên thời hạn vẫn tính.')
  await expect(clockOf(supervisor, water)).toContainText(/còn .* làm việc/)

  await world.steer({ at: '2026-11-19T11:10:00+07:00' })
  await office.keyboard.press('Control+5')
  await watched(office, /^Chờ xác nhận ngừng/).click()
  await expect(inList(office, 'Chờ xác nhận ngừng', water)).toContainText('nếu xác nhận trước')
  await office.keyboard.press('Control+ArrowDown')
  await expect(viewOf(office, water)).toBeVisible()
  // What was asked for and waits stands under the key.
  await office.keyboard.press('Control+Enter')
  const dialog = office.getByRole('form', { name: 'Xác nhận tạm ngừng' })
  await expect(dialog).toContainText('tính ngừng từ lúc đề nghị')
  await show(office, 'xac-nhan-tam-ngung')
  await office.keyboard.press('Control+Enter')
  await expect(dialog).toBeHidden()
  await expect(inList(office, 'Chờ xác nhận ngừng', water)).toHaveCount(0)

  await expect(clockOf(supervisor, water)).toContainText('đang tạm ngừng')
  await expect(view).toContainText('Đang tạm ngừng, đã được xác nhận.')
  await clockOf(supervisor, water).click()
  await expect(view).toContainText('Đang ngừng tính từ 10:40 Thứ Năm 19/11.')
  const used = /Đã dùng 1 giờ 5\d phút( \d+ giây)?; còn 6 giờ/
  await expect(view).toContainText(used)
  await world.steer({ at: '2026-11-19T16:00:00+07:00' })
  await expect(view).toContainText(used)
  await show(supervisor, 'ho-so-tam-ngung')
  await showEnlarged(supervisor, 'ho-so-tam-ngung')
})

test('#33, #34: an opinion past its time stands in its own late list; the second reminder says first that Home Affairs gets a copy', async () => {
  const agency = await openAgency(officer)
  await agency(bridge, 'consult.ask', {
    consultId: 'von-sua-cau',
    agencyId: 'so-tai-chinh',
    question: 'Nguồn vốn sửa mố cầu lấy từ khoản nào?',
    replyBy: '2026-11-20T09:00:00+07:00',
  })
  await world.steer({ at: '2026-11-20T10:30:00+07:00' })
  await watched(office, /^Ý kiến chậm/).click()
  const row = inList(office, 'Ý kiến chậm', bridge)
  await expect(row).toContainText('Sở Tài chính chưa cho ý kiến')
  await expect(row).toContainText('trễ 1 giờ 30 phút')
  await row.click()
  const view = viewOf(office, bridge)
  await expect(view).toContainText('Trong lúc chờ ý kiến, thời hạn của đơn vị chủ trì vẫn tính.')
  await show(office, 'y-kien-cham')
  await showEnlarged(office, 'y-kien-cham')
  await supervisor.keyboard.press('Control+4')
  await supervisor.keyboard.press('Control+Shift+ArrowDown')
  await expect(supervisor.getByRole('main')).toContainText('Sở Tài chính chưa cho ý kiến')
  await show(supervisor, 'giam-sat-y-kien')
  for (const [words, event] of [
    ['Đây là lần nhắc thứ 1. Từ lần thứ 2, Sở Nội vụ nhận bản sao.', 'Nhắc cho ý kiến lần 1.'],
    ['Đây là lần nhắc thứ 2: Sở Nội vụ nhận bản sao', 'Nhắc cho ý kiến lần 2, đồng gửi Sở Nội vụ.'],
  ] as const) {
    await view.getByRole('button', { name: 'Nhắc cho ý kiến' }).click()
    const dialog = office.getByRole('form', { name: 'Nhắc cho ý kiến' })
    await expect(dialog).toContainText(words)
    await office.keyboard.press('Control+Enter')
    await expect(dialog).toBeHidden()
    await expect(journalOf(office, bridge)).toContainText(event)
  }
})

test('D13: a slip at a department that is no more is moved to its successor, whom the dialog proposes; the clock goes on', async () => {
  await watched(office, /^Đơn vị không còn/).click()
  const row = inList(office, 'Đơn vị không còn', market)
  await expect(row).toContainText('kế thừa: Sở Tài chính')
  await row.click()
  const due = (await clockOf(office, market).textContent())!
  expect(due).toContain('Hạn: Thứ Ba 01/12/2026')
  await viewOf(office, market).getByRole('button', { name: 'Chuyển đơn vị kế thừa' }).click()
  const dialog = office.getByRole('form', { name: 'Chuyển đơn vị kế thừa' })
  await expect(dialog.getByRole('combobox', { name: 'Đơn vị kế thừa' })).toHaveValue('Sở Tài chính')

  // Without the number of the act it is refused in plain words, and what was typed stays, also when the dialog is closed.
  await dialog.getByLabel('Lý do').fill('Sáp nhập vào Sở Tài chính.')
  await office.keyboard.press('Control+Enter')
  await expect(dialog.getByRole('alert')).toContainText('phải ghi lý do và số văn bản')
  await show(office, 'chuyen-don-vi-ke-thua')
  await office.keyboard.press('Escape')
  await viewOf(office, market).getByRole('button', { name: 'Chuyển đơn vị kế thừa' }).click()
  await expect(dialog.getByLabel('Lý do')).toHaveValue('Sáp nhập vào Sở Tài chính.')
  await dialog.getByLabel(/^Số, ngày văn bản/).fill('Nghị quyết 15/NQ-HĐND')
  await office.keyboard.press('Control+Enter')
  await expect(dialog).toBeHidden()

  await expect(journalOf(office, market)).toContainText('Chuyển phiếu từ Sở Công Thương sang Sở Tài chính')
  await expect(viewOf(office, market)).toContainText('Thủ trưởng Sở Tài chính đang giữ')
  // The same clock: neither begun anew nor moved.
  await expect(clockOf(office, market)).toContainText('Hạn: Thứ Ba 01/12/2026')
  await expect(viewOf(office, market).getByRole('region', { name: 'Đã qua các đơn vị' })).toContainText(
    '1 lần chuyển đơn vị',
  )
  await expect(inList(office, 'Đơn vị không còn', market)).toHaveCount(0)
})

test('D14, #22: lateness is lifted by an act with number and signer alone; the case stays marked as late, with the act beside it', async () => {
  await world.steer({ at: '2026-12-02T10:30:00+07:00' })
  // The session of the week before has ended by itself.
  const page = (await world.openBrowser()).page
  await signIn(page, await world.openDesk('office-later'), 'thien.lc')
  const view = await openCase(page, bridge)
  await expect(view).toContainText('trễ hạn (đang chờ xử lý)')
  await view.getByRole('button', { name: 'Gỡ trễ hạn theo văn bản' }).click()
  const dialog = page.getByRole('form', { name: 'Gỡ trễ hạn theo văn bản' })
  await page.keyboard.press('Control+Enter')
  await expect(dialog.getByRole('alert')).toContainText('Chỉ gỡ trễ hạn khi có văn bản')
  await dialog.getByLabel('Số, ký hiệu văn bản').fill('12/QĐ-UBND')
  await dialog.getByLabel('Người ký').fill('Trần Trí Quang')
  await dialog.getByLabel('Ngày ký').fill('01/12/2026')
  await dialog.getByLabel('Lý do').fill('Bão làm ngập trụ sở từ 24/11 đến 27/11.')
  await page.keyboard.press('Control+Enter')
  await expect(dialog).toBeHidden()

  await expect(view).toContainText('trễ hạn (đang chờ xử lý)')
  await expect(view).toContainText('đã gỡ trễ hạn theo văn bản 12/QĐ-UBND')
  await expect(view).toContainText('Trần Trí Quang ký ngày 01/12/2026')
  await page.keyboard.press('Control+5')
  await page.getByRole('button', { name: /^Trễ hạn/ }).click()
  const row = page.getByRole('option', { name: new RegExp(bridge) })
  await expect(row).toContainText('đã gỡ trễ hạn theo văn bản 12/QĐ-UBND')
  await expect(row).toContainText(/trễ \d+ giờ/)

  // #38, D2: who held it how long, and both readings of the 48 hours, the one in force named.
  await clockOf(page, bridge).click()
  await expect(view.getByRole('region', { name: 'Ai giữ, trong bao lâu' })).toContainText(/Thủ trưởng.*trong đó trễ/)
  await expect(view).toContainText(/R1, tính từ khi Thủ trưởng nhận phiếu: .* \(đang áp dụng\)/)
  await expect(view).toContainText('R2, tính từ khi tổng đài chuyển phiếu: 08:4')
  await show(page, 'tre-han-da-go')
})

test('#41, S4 Đ.7: the case is printed on A4 as a file of its own, with its journal, its clock and its hash, without the console', async () => {
  const printed = (await world.openBrowser()).page
  await signIn(printed, await world.openDesk('printer'), 'thien.lc')
  await openCase(printed, bridge)
  const pdf = await printed.pdf({ preferCSSPageSize: true })
  expect(pdf.subarray(0, 5).toString('latin1')).toBe('%PDF-')
  // A4 in points, and more than one page of it.
  const sizes = pdf.toString('latin1').match(/\/MediaBox \[0 0 (59[45])[\d.]* (84[12])/g) ?? []
  expect(sizes.length).toBeGreaterThan(1)
  await printed.evaluate(() => window.dispatchEvent(new Event('beforeprint')))
  await printed.emulateMedia({ media: 'print' })
  const paper = printed.locator('[data-paper]')
  await expect(paper.getByRole('heading', { name: 'Hồ sơ phản ánh, kiến nghị' })).toBeVisible()
  await expect(paper).toContainText(`Mã biên nhận ${bridge}`)
  await expect(paper.getByRole('row')).not.toHaveCount(0)
  await expect(paper).toContainText(/[0-9a-f]{64}/)
  await expect(paper).toContainText('có giá trị như văn bản giấy')
  await expect(printed.getByRole('navigation', { name: 'Các phòng làm việc' })).toBeHidden()
  await printed.emulateMedia({ media: 'screen' })
  await printed.evaluate(() => window.dispatchEvent(new Event('afterprint')))
  await expect(paper).toHaveCount(0)
})

test('nothing sticks out, no serious finding of axe on any of the screens', () => {
  expect(findings).toEqual([])
})
