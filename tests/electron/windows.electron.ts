import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { speak } from '../sip/speech.ts'
import { missingShell, openShell, type Shell } from './shell.ts'

const missing = missingShell()

test.describe.configure({ mode: 'serial' })
test.skip(missing !== null, `the shell cannot be run here: ${missing}`)

let dir: string
let strange: Server
let strangeUrl: string
let shell: Shell

test.beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'ban-truc-shell-'))
  strange = createServer((_request, response) =>
    response.setHeader('content-type', 'text/html').end('<h1>strange</h1>'),
  )
  await new Promise<void>((ready) => strange.listen(0, '127.0.0.1', ready))
  strangeUrl = `http://127.0.0.1:${(strange.address() as AddressInfo).port}/`
  // The windows open although the server does not answer: it is no server of ours.
  shell = await openShell({ serverUrl: strangeUrl, dir, wav: speak(dir, 'agent') })
})

test.afterAll(async () => {
  shell?.program.kill('SIGKILL')
  strange?.close()
  rmSync(dir, { recursive: true, force: true })
})

const pages = (): [string, Page][] => [
  ['console', shell.console],
  ['phone', shell.phone],
]

test('one window is shown; the phone has one of its own and no face', async () => {
  await expect(shell.console.getByRole('form', { name: 'Đăng nhập' })).toBeVisible()
  const windows = await shell.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((one) => [one.webContents.getURL(), one.isVisible()]),
  )
  expect(Object.fromEntries(windows)).toEqual({
    'ban-truc://desk/console.html': true,
    'ban-truc://desk/phone.html': false,
  })
})

test('a page knows nothing of Node or Electron', async () => {
  for (const [name, page] of pages()) {
    const known = await page.evaluate(() => [typeof require, typeof process, typeof module, 'electron' in window])
    expect(known, name).toEqual(['undefined', 'undefined', 'undefined', false])
  }
})

test('a page runs only our own scripts and reaches only its own files', async () => {
  for (const [name, page] of pages()) {
    const policy = await page.evaluate(async () => {
      const page = await fetch(location.href)
      return page.headers.get('content-security-policy')
    })
    expect(policy, name).toContain("default-src 'self'")
    expect(await page.evaluate(() => ((window as { ran?: boolean }).ran = false))).toBe(false)
    await page.evaluate(() => {
      const inline = document.createElement('script')
      inline.textContent = 'window.ran = true'
      document.head.append(inline)
    })
    expect(await page.evaluate(() => (window as { ran?: boolean }).ran), name).toBe(false)
    const reached = (url: string) =>
      page.evaluate(
        (asked) =>
          fetch(asked)
            .then(({ ok }) => ok)
            .catch(() => false),
        url,
      )
    expect(await reached(strangeUrl), name).toBe(false)
    for (const path of ['../main/index.js', '..%2fmain%2findex.js', '%2e%2e/main/index.js', '../../package.json']) {
      expect(await reached(`ban-truc://desk/${path}`), path).toBe(false)
    }
    expect(await reached('ban-truc://elsewhere/console.html'), name).toBe(false)
  }
})

test('no page leads away and none opens another', async () => {
  for (const [name, page] of pages()) {
    const url = page.url()
    expect(await page.evaluate((to) => window.open(to) === null, strangeUrl), name).toBe(true)
    await page.evaluate((to) => {
      location.href = to
    }, strangeUrl)
    await page.evaluate((to) => {
      const link = document.createElement('a')
      link.href = to
      document.body.append(link)
      link.click()
      link.remove()
    }, strangeUrl)
    // A navigation that was begun would have torn this page's world down.
    expect(await page.evaluate(() => document.readyState), name).toBe('complete')
    expect(page.url(), name).toBe(url)
  }
  expect(shell.app.windows()).toHaveLength(2)
})

const microphone = `navigator.mediaDevices.getUserMedia({ audio: true }).then((s) => s.getTracks().length, (e) => e.name)`

test('our pages have the microphone and nothing more', async () => {
  for (const [name, page] of pages()) {
    expect(await page.evaluate(microphone), name).toBe(1)
    const refused = await page.evaluate(() =>
      navigator.mediaDevices.getUserMedia({ video: true }).then(
        () => 'given',
        (error: DOMException) => error.name,
      ),
    )
    expect(refused, name).toBe('NotAllowedError')
    const place = await page.evaluate(async () => (await navigator.permissions.query({ name: 'geolocation' })).state)
    expect(place, name).toBe('denied')
  }
})

test('a strange page, should one ever be shown, has not even the microphone', async () => {
  const answer = await shell.app.evaluate(
    async ({ BrowserWindow }, { url, ask }) => {
      const window = new BrowserWindow({ show: false })
      await window.loadURL(url)
      const said = await window.webContents.executeJavaScript(ask)
      window.destroy()
      return said
    },
    { url: strangeUrl, ask: microphone },
  )
  expect(answer).toBe('NotAllowedError')
})

test('letters grow and shrink by keys', async () => {
  const zoom = () =>
    shell.app.evaluate(({ BrowserWindow }) => {
      const window = BrowserWindow.getAllWindows().find((one) => one.isVisible())!
      return window.webContents.getZoomFactor()
    })
  await shell.app.evaluate(({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows().find((one) => one.isVisible())!
    window.webContents.sendInputEvent({ type: 'keyDown', keyCode: '=', modifiers: ['control'] })
  })
  await expect.poll(zoom).toBeGreaterThan(1)
  await shell.app.evaluate(({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows().find((one) => one.isVisible())!
    window.webContents.sendInputEvent({ type: 'keyDown', keyCode: '0', modifiers: ['control'] })
  })
  await expect.poll(zoom).toBe(1)
})
