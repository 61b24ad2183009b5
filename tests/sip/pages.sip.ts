import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import type { PhoneSnapshot } from '../../src-renderer/phone/phone.ts'
import { type Desk, domain, type Lab, password, startLab } from './lab.ts'
import { missingTool, speak } from './speech.ts'

const missing = missingTool()
test.skip(missing !== null, `no calls can be made here: ${missing}`)

let directory: string
let lab: Lab
let agent: Desk
let speech: string

test.beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'sip-pages-'))
  lab = await startLab(directory)
  speech = speak(directory, 'citizen')
  agent = await lab.openPhone(speak(directory, 'agent'))
  await agent.register('a1')
  await agent.until((phone) => phone.registration.state === 'registered')
})

test.afterAll(async () => {
  await lab?.close()
  if (directory) rmSync(directory, { recursive: true, force: true })
})

/** The server's part of `POST /public/call`, which the page meets at its own origin. */
const grantCalls = async (page: Page): Promise<void> => {
  await page.route('**/public/call', (route) =>
    route.fulfill({
      json: {
        wsUrl: lab.wsUrl,
        domain,
        username: 'c2',
        password,
        callerNumber: '0912000002',
        queueNumber: '1022',
        iceServers: [],
      },
    }),
  )
}

test('a citizen calls 1022 from a phone-sized page, waits with a position, talks and hangs up', async () => {
  const page = await lab.openProduct(speech, 'citizen-call.html', async (one) => {
    await one.setViewportSize({ width: 360, height: 640 })
    await grantCalls(one)
  })
  const violations = (await new AxeBuilder({ page }).analyze()).violations
  expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)

  lab.switchboard.setAgentState({ agentId: 'agent-1', state: 'break', reason: 'ăn trưa' })
  await page.getByRole('button', { name: 'Gọi 1022' }).click()
  await expect(page.getByRole('status')).toHaveText('Đang chờ tổng đài viên – vị trí 1')
  lab.switchboard.setAgentState({ agentId: 'agent-1', state: 'ready' })
  const { lines } = await agent.until((phone) => phone.lines.some((line) => line.state === 'ringing'))
  const lineId = lines.at(-1)?.id ?? ''
  await expect(page.getByRole('status')).toHaveText('Đang đổ chuông…')
  await agent.run({ name: 'answer', lineId })
  await expect(page.getByRole('status')).toHaveText('Đang nói chuyện')
  expect(await agent.heardDb()).toBeGreaterThan(-30)

  await page.getByRole('button', { name: 'Tắt tiếng' }).click()
  await expect(page.getByRole('button', { name: 'Bật tiếng' })).toHaveAttribute('aria-pressed', 'true')
  await expect.poll(() => agent.heardDb(300)).toBeLessThan(-60)
  await agent.run({ name: 'hold', lineId })
  await expect(page.getByRole('status')).toHaveText('Tổng đài viên đang tạm giữ máy, xin chờ')
  await page.getByText('Bàn phím số').click()
  await page.getByRole('button', { name: 'Phím thăng' }).click()

  await page.getByRole('button', { name: 'Kết thúc' }).click()
  await expect(page.getByRole('status')).toHaveText('Cuộc gọi đã kết thúc')
  await agent.until((phone) => phone.lines.some((line) => line.endReason === 'hung-up-there'))
  await expect(page.getByRole('button', { name: 'Gọi 1022' })).toBeVisible()
})

test('a citizen who closes the page has hung up', async () => {
  const page = await lab.openProduct(speech, 'citizen-call.html', grantCalls)
  await expect
    .poll(() => lab.switchboard.source.snapshot().agents.find((one) => one.id === 'agent-1')?.state)
    .toBe('ready')
  await page.getByRole('button', { name: 'Gọi 1022' }).click()
  const { lines } = await agent.until((phone) => phone.lines.some((line) => line.state === 'ringing'))
  const lineId = lines.at(-1)?.id ?? ''
  await agent.run({ name: 'answer', lineId })
  await expect(page.getByRole('status')).toHaveText('Đang nói chuyện')
  await page.goto('about:blank')
  await agent.until((phone) => phone.lines.some((line) => line.id === lineId && line.endReason === 'hung-up-there'))
})

test('a refused microphone is explained, and so is a server that does not answer', async () => {
  const page = await lab.openProduct(speech, 'citizen-call.html', async (one) => {
    await grantCalls(one)
    await one.addInitScript(() => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'))
    })
  })
  await page.getByRole('button', { name: 'Gọi 1022' }).click()
  await expect(page.getByRole('alert')).toContainText('Trình duyệt chưa cho phép dùng micro')

  await page.route('**/public/call', (route) => route.fulfill({ status: 503 }))
  await page.getByRole('button', { name: 'Gọi 1022' }).click()
  await expect(page.getByRole('alert')).toContainText('Không kết nối được tới tổng đài')
})

test('the phone window serves a console by port, and the next console after a reload finds the line as it is', async () => {
  const page = await lab.openProduct(speech, 'phone.html')
  // What the preload does: one port each to the window, the other end to a console.
  const registered = await page.evaluate(
    async ({ wsUrl, domain, password }) => {
      const handOver = () => {
        const { port1, port2 } = new MessageChannel()
        window.postMessage('phone-port', '*', [port2])
        return port1
      }
      const snapshotOn = (port: MessagePort, isSo: (snapshot: PhoneSnapshot) => boolean) =>
        new Promise<PhoneSnapshot>((resolve) => {
          port.onmessage = ({ data }) => {
            if (data.kind === 'snapshot' && isSo(data.snapshot)) resolve(data.snapshot)
          }
        })
      const first = handOver()
      const settings = { wsUrl, domain, username: 'a2', password }
      first.postMessage({ kind: 'command', id: 1, command: { name: 'register', settings } })
      const before = await snapshotOn(first, ({ registration }) => registration.state === 'registered')
      first.close()
      const after = await snapshotOn(handOver(), () => true)
      return { before: before.registration, after: after.registration }
    },
    { wsUrl: lab.wsUrl, domain, password },
  )
  expect(registered.before.state).toBe('registered')
  expect(registered.after).toEqual(registered.before)
})
