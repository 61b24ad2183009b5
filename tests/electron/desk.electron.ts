import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { openWorld, type World } from '../e2e/world.ts'
import { envelopeOf, likeness, settlingMs, speak } from '../sip/speech.ts'
import {
  askDesk,
  deskPid,
  missingShell,
  openShell,
  packetsReceived,
  type Shell,
  watch,
  withConsoleWindow,
} from './shell.ts'

const missing = missingShell()
const screens = resolve(import.meta.dirname, '../../test-results/screens')

test.describe.configure({ mode: 'serial' })
test.skip(missing !== null, `the shell cannot be run here: ${missing}`)

let world: World
let shell: Shell
let citizen: Page
let citizenSpeech: string

test.beforeAll(async () => {
  mkdirSync(screens, { recursive: true })
  world = await openWorld({ at: '2026-07-22T09:00:00+07:00' })
  citizenSpeech = speak(world.dir, 'citizen')
  shell = await openShell({ serverUrl: world.serverUrl, dir: join(world.dir, 'shell'), wav: speak(world.dir, 'agent') })
  citizen = (await world.openBrowser(citizenSpeech)).page
})

test.afterAll(async () => {
  // Whatever a failed test left open, for instance the question whether to end a call.
  shell?.program.kill('SIGKILL')
  await world?.close()
})

const callBar = () => shell.console.getByRole('region', { name: 'Thanh cuộc gọi' })
const statusBar = () => shell.console.getByRole('region', { name: 'Tình trạng bàn trực' })
const form = () => shell.console.getByRole('form', { name: 'Phiếu tiếp nhận' })
const more = (than: number) => expect.poll(() => packetsReceived(shell.phone)).toBeGreaterThan(than)

test('an agent signs in and the line is registered from the phone window', async () => {
  await watch(shell.phone)
  await shell.console.getByLabel('Tên đăng nhập').fill('ha.lt')
  await shell.console.getByLabel('Mật khẩu', { exact: true }).fill('demo-1022')
  await shell.console.getByRole('button', { name: 'Vào ca trực' }).click()
  await expect(callBar()).toContainText('Sẵn sàng')
  await expect(statusBar()).toContainText('Đường dây sẵn sàng')
})

test('F2 takes the call of the queue; both hear each other and it is recorded', async () => {
  await citizen.goto(`${world.serverUrl}/goi`)
  await citizen.getByLabel('Số điện thoại của anh/chị').fill('0912000001')
  await citizen.getByRole('button', { name: 'Gọi 1022' }).click()
  await expect(callBar().getByRole('button', { name: 'Nghe máy' })).toBeVisible()
  await shell.console.keyboard.press('F2')
  await expect(callBar()).toContainText('Đang nói')
  await expect(callBar()).toContainText('Đang ghi âm')
  await expect(citizen.getByRole('status')).toHaveText('Đang nói chuyện')
  await more(50)
})

test('a case is saved in the call, with its receipt code', async () => {
  const code = await saveCase('Đèn đường trước chợ hỏng ba ngày nay, tối đi lại rất nguy hiểm.')
  expect(code).toMatch(/^\d\d-\d{7}-[0-9A-Z]$/)
})

test('the window holds the work of a call at the sizes of an office', async () => {
  for (const { width, height } of [
    { width: 1366, height: 768 },
    { width: 1920, height: 1080 },
  ]) {
    await withConsoleWindow(shell, (window, size) => window.setContentSize(size.width, size.height), { width, height })
    // A window as large as the screen is made a pixel smaller, lest it count as full screen.
    await expect
      .poll(() => shell.console.evaluate((wanted) => Math.abs(innerWidth - wanted), width))
      .toBeLessThanOrEqual(1)
    await expect(form()).toBeInViewport()
    await expect(callBar().getByRole('button', { name: 'Kết thúc gọi' })).toBeInViewport({ ratio: 1 })
    expect(await shell.console.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    await shell.console.screenshot({ path: join(screens, `electron-${width}x${height}.png`) })
  }
})

test('a reload of the console leaves the call alone', async () => {
  const before = await packetsReceived(shell.phone)
  await shell.console.reload()
  const reloaded = await packetsReceived(shell.phone)
  expect(reloaded).toBeGreaterThan(before)
  await expect(callBar()).toContainText('Đang nói')
  await expect(callBar()).toContainText('0912 000 001')
  await more(reloaded)
})

test('a desk that is killed comes back; the call goes on, and work with it', async () => {
  const killed = (await deskPid(shell))!
  const before = await packetsReceived(shell.phone)
  process.kill(killed, 'SIGKILL')
  await expect.poll(async () => ![null, killed].includes(await deskPid(shell))).toBe(true)
  await more(before)
  await expect(statusBar()).toContainText('Đã đồng bộ')
  await expect(callBar()).toContainText('Đang nói')
  await expect(callBar()).toContainText('Đang ghi âm')
  await saveCase('Rác chưa được thu gom hai tuần nay ở đầu hẻm.')
})

test('closing the console in a call is asked about first, and the machine is kept awake', async () => {
  expect(await isKeptAwake()).toBe(true)
  // Only the person is stood in for: the answer is the first button, to go on.
  const asked = await shell.app.evaluateHandle(({ dialog }) => {
    const said: string[] = []
    dialog.showMessageBox = (...given: unknown[]) => {
      said.push((given.at(-1) as { message: string }).message)
      return Promise.resolve({ response: 0, checkboxChecked: false })
    }
    return said
  })
  const desk = await deskPid(shell)
  await withConsoleWindow(shell, (window) => window.close())
  await expect.poll(() => asked.evaluate((said) => said)).toEqual(['Đang có cuộc gọi.'])
  await shell.app.evaluate(({ app }) => app.quit())
  await expect.poll(() => asked.evaluate((said) => said.length)).toBe(2)
  // An end that was refused has stopped nothing.
  expect(await deskPid(shell)).toBe(desk)
  await expect(callBar()).toContainText('Đang nói')
})

test('a crash of the console leaves the call alone', async () => {
  const before = await packetsReceived(shell.phone)
  await withConsoleWindow(
    shell,
    ({ webContents }) =>
      new Promise<void>((loadedAgain) => {
        webContents.once('did-finish-load', () => loadedAgain())
        webContents.forcefullyCrashRenderer()
      }),
  )
  // A page that crashed is lost to the driver for good; the shell itself still reads and types in its window.
  await expect.poll(() => consoleText()).toContain('Đang nói')
  expect(await consoleText()).toContain('0912 000 001')
  expect(await packetsReceived(shell.phone)).toBeGreaterThan(before)
})

test('after the end the whole call lies on the server, in one piece and in two channels', async () => {
  // A quarter of a minute at 50 packets a second: enough speech to tell whose it is.
  await more(750)
  await withConsoleWindow(shell, (window) => window.webContents.sendInputEvent({ type: 'keyDown', keyCode: 'F9' }))
  await expect(citizen.getByRole('status')).toHaveText('Cuộc gọi đã kết thúc')
  const recordings = async () =>
    (
      (await askDesk(shell.phone, 'recordings.list', { caseId: null })) as {
        recordings: { recordingId: string; state: string; caseId: string | null }[]
      }
    ).recordings
  await expect.poll(async () => (await recordings()).map(({ state }) => state)).toEqual(['uploaded'])
  const [recording] = await recordings()
  const sound = await askDesk(shell.phone, 'recordings.read', { recordingId: recording!.recordingId })
  const file = join(world.dir, 'recording.webm')
  writeFileSync(file, Buffer.from((sound as { base64: string }).base64, 'base64'))
  const right = envelopeOf(file, 1, settlingMs)
  expect(likeness(right, citizenSpeech)).toBeGreaterThanOrEqual(0.75)
  expect(likeness(right, speak(world.dir, 'stranger'))).toBeLessThanOrEqual(0.6)
  await expect.poll(isKeptAwake).toBe(false)
})

test('a phone window that crashed is given its line again', async () => {
  await expect.poll(() => consoleText()).toContain('Đường dây sẵn sàng')
  await shell.app.evaluate(({ BrowserWindow }) => {
    const phone = BrowserWindow.getAllWindows().find((one) => one.webContents.getURL().endsWith('/phone.html'))!
    return new Promise<void>((loadedAgain) => {
      phone.webContents.once('did-finish-load', () => loadedAgain())
      phone.webContents.forcefullyCrashRenderer()
    })
  })
  await expect.poll(() => consoleText()).toContain('Đường dây sẵn sàng')
})

test('the desk is closed before the program ends', async () => {
  const desk = (await deskPid(shell))!
  await shell.app.close()
  expect(shell.program.exitCode).toBe(0)
  // A database that was closed leaves no journal behind; one whose process was killed does.
  expect(existsSync(join(world.dir, 'shell', 'desk', 'ban-truc.sqlite'))).toBe(true)
  expect(existsSync(join(world.dir, 'shell', 'desk', 'ban-truc.sqlite-wal'))).toBe(false)
  // The system may take a moment to clear a process away after its end.
  await expect.poll(() => isRunning(desk)).toBe(false)
})

/** Whether a process still does anything; one that has ended and waits to be cleared away does not. */
function isRunning(pid: number): boolean {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

/** Writes a case, answers it from a named source, and gives the code it got. */
async function saveCase(content: string): Promise<string> {
  await form().getByLabel('Nội dung phản ánh, kiến nghị').fill(content)
  await form().getByRole('combobox', { name: 'Lĩnh vực' }).fill('chieu sang')
  await shell.console.getByRole('option').first().click()
  await form().getByRole('combobox', { name: 'Địa bàn' }).fill('my tho')
  await shell.console.getByRole('option').first().click()
  await form().getByLabel('Họ tên').fill('Nguyễn Văn Kiểm')
  await form().getByLabel('Số điện thoại').fill('0912000001')
  await form().getByLabel('Địa chỉ').fill('Ấp 1')
  await form().getByLabel('Nội dung trả lời').fill('Đơn vị quản lý sẽ kiểm tra trong ngày.')
  await form().getByLabel('Nguồn chính thức').fill('Thông báo số 12 của Sở Xây dựng')
  const code = (await form().getByLabel('Mã biên nhận').textContent())!
  await shell.console.keyboard.press('Control+Enter')
  await expect(form()).toContainText(`Đã lưu hồ sơ ${code}`)
  return code
}

const consoleText = () =>
  withConsoleWindow(
    shell,
    (window) => window.webContents.executeJavaScript('document.body.innerText') as Promise<string>,
  )

const isKeptAwake = () =>
  shell.app.evaluate(({ powerSaveBlocker }) => [0, 1, 2, 3, 4, 5].some((id) => powerSaveBlocker.isStarted(id)))
