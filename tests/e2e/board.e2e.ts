import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { missingTool, speak } from '../sip/speech.ts'
import { callBar, callTheHotline, signIn, signInAgent } from './people.ts'
import { openWorld, type World } from './world.ts'

const missing = missingTool()
test.skip(missing !== null, `needs what is not installed: ${missing}`)
test.describe.configure({ mode: 'serial' })

let world: World
let speech: string
let supervisor: Page
let agent: Page
let first: Page
let second: Page

test.beforeAll(async () => {
  speech = mkdtempSync(join(tmpdir(), 'speech-'))
  world = await openWorld({ at: '2026-11-19T09:00:00+07:00' })
  supervisor = (await world.openBrowser()).page
  await signIn(supervisor, await world.openDesk('board'), 'phuong.ntb')
  await supervisor.keyboard.press('Control+4')
})
test.afterAll(async () => {
  await world?.close()
  rmSync(speech, { recursive: true, force: true })
})

const board = () => supervisor.getByRole('main')
const rowOf = (name: string) => board().getByRole('row', { name: new RegExp(name) })

test('callers wait in line with their position and how long, while nobody is ready', async () => {
  const wav = speak(speech, 'citizen')
  first = (await world.openBrowser(wav)).page
  await callTheHotline(first, world.serverUrl, '02775550111')
  second = (await world.openBrowser(wav)).page
  await callTheHotline(second, world.serverUrl, '02775550122')
  const waiting = board().getByRole('table', { name: 'Đang chờ' }).getByRole('row')
  await expect(waiting).toHaveCount(2)
  await expect(waiting.first()).toContainText('0277 555 01 11')
  await expect(waiting.nth(1)).toContainText('0277 555 01 22')
  await expect(waiting.first()).toContainText(/00:0[1-9]|00:[1-5]\d/)
})

test('the first in line is offered to the first who is ready; the board says what each agent truly does', async () => {
  agent = (await world.openBrowser(speak(speech, 'agent'))).page
  await signInAgent(agent, await world.openDesk('desk'), 'ha.lt')
  await expect(callBar(agent)).toContainText('0277 555 01 11')
  await expect(rowOf('Lê Thu Hà')).toContainText('Đang đổ chuông')
  await agent.keyboard.press('F2')
  await expect(rowOf('Lê Thu Hà')).toContainText('Đang nói')
  await expect(board().getByRole('table', { name: 'Đang chờ' }).getByRole('row')).toHaveCount(1)
  await agent.keyboard.press('F9')
  await expect(rowOf('Lê Thu Hà')).toContainText(/Sau cuộc gọi|hoàn tất/i)
})

test('when the link drops the last numbers stay, with their age', async () => {
  await world.stopServer()
  await expect(board()).toContainText(/Số liệu lúc \d\d:\d\d/)
  await expect(rowOf('Lê Thu Hà')).toBeVisible()
})
