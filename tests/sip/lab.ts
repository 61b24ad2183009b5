import { createHash, randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import { type Browser, chromium as launcher, type Page } from '@playwright/test'
import { build, preview } from 'vite'
import { WebSocketServer } from 'ws'
import type { PhoneSnapshot } from '../../src-renderer/phone/phone.ts'
import { createSwitchboard } from '../../sync-server/src/switchboard/switchboard.ts'
import { chromiumFlags } from '../fixtures/chromium.ts'
import type { Harness } from './harness/window.ts'
import { chromium } from './speech.ts'

export const domain = 'bantruc.test'
export const password = 'mat-khau-that'

const accounts = {
  a1: { kind: 'agent', number: '101', displayName: 'Lê Thu Hà', agentId: 'agent-1' },
  a2: { kind: 'agent', number: '102', displayName: 'Trần Văn Bình', agentId: 'agent-2' },
  c1: { kind: 'guest', number: '0912000001', displayName: '' },
  c2: { kind: 'guest', number: '0912000002', displayName: '' },
} as const
export type User = keyof typeof accounts

/** The project's own switchboard on loopback, and a page for each person to run a phone in. */
export const startLab = async (directory: string) => {
  const log = {
    info: () => {},
    warn: () => {},
    error: (facts: object, message: string) => console.error(message, facts),
  }
  const switchboard = createSwitchboard({
    clock: { now: () => Date.now() },
    newId: randomUUID,
    log,
    config: {
      domain,
      queueNumber: '1022',
      offerSeconds: 30,
      wrapUpSeconds: 1,
      declinedPauseSeconds: 600,
    },
    authenticate: async (username) => {
      const account = Object.hasOwn(accounts, username) ? accounts[username as User] : null
      return account && { ...account, ha1: md5(`${username}:${domain}:${password}`) }
    },
  })

  const harness = await servePages(directory, 'harness', resolve(import.meta.dirname, 'harness'), ['index.html'])
  const product = await servePages(directory, 'product', resolve(import.meta.dirname, '../../src-renderer'), [
    'citizen-call.html',
    'phone.html',
  ])

  const server = createServer()
  const sockets = new WebSocketServer({ server, handleProtocols: () => 'sip' })
  sockets.on('connection', (socket, request) =>
    switchboard.accept(socket, { remoteAddress: '127.0.0.1', origin: request.headers.origin ?? null }),
  )
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const wsUrl = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`

  const browsers: Browser[] = []
  const openPage = async (wav: string): Promise<Page> => {
    const browser = await launcher.launch({
      executablePath: chromium,
      args: chromiumFlags(wav),
    })
    browsers.push(browser)
    const context = await browser.newContext({ permissions: ['microphone'] })
    const page = await context.newPage()
    page.on('pageerror', (error) => console.error('page:', error))
    page.on('console', (message) => process.env.SIP_TRACE && console.log(message.text()))
    return page
  }

  return {
    switchboard,
    wsUrl,
    /** One browser process a person, whose microphone says the speech in `wav` again and again. */
    openPhone: async (wav: string): Promise<Desk> => {
      const page = await openPage(wav)
      await page.goto(harness.origin)
      return deskOf(page, wsUrl)
    },
    /** A page of the product in a browser of its own; `prepare` runs before it loads. */
    openProduct: async (wav: string, path: string, prepare?: (page: Page) => Promise<void>): Promise<Page> => {
      const page = await openPage(wav)
      await prepare?.(page)
      await page.goto(`${product.origin}/${path}`)
      return page
    },
    close: async () => {
      await Promise.all(browsers.map((browser) => browser.close()))
      switchboard.close()
      for (const socket of sockets.clients) socket.terminate()
      await new Promise((done) => server.close(done))
      await harness.pages.close()
      await product.pages.close()
    },
  }
}

const servePages = async (directory: string, name: string, root: string, inputs: string[]) => {
  const outDir = join(directory, name)
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: { outDir, emptyOutDir: true, rollupOptions: { input: inputs.map((input) => join(root, input)) } },
  })
  const pages = await preview({
    root,
    configFile: false,
    logLevel: 'error',
    build: { outDir },
    preview: { port: 0, host: '127.0.0.1' },
  })
  return { pages, origin: `http://127.0.0.1:${(pages.httpServer.address() as AddressInfo).port}` }
}

export type Lab = Awaited<ReturnType<typeof startLab>>

type Command = Parameters<Harness['phone']['run']>[0]

/** A phone in its page, driven over the page's border. */
const deskOf = (page: Page, wsUrl: string) => {
  const snapshot = () => page.evaluate(() => window.harness.phone.snapshot())
  const run = (command: Command) => page.evaluate((one) => window.harness.phone.run(one), command)
  return {
    page,
    snapshot,
    run,
    register: (username: string, over: { password?: string; autoAnswer?: 'always' } = {}) =>
      run({
        name: 'register',
        settings: {
          wsUrl,
          domain,
          username,
          password,
          // Waveforms are compared, and speech from a file needs no cleaning.
          sound: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
          ...over,
        },
      }),
    lines: async () => (await snapshot()).lines,
    /** The newest line that still lives, else the newest of all. */
    line: async () => {
      const { lines } = await snapshot()
      return lines.findLast((line) => line.state !== 'ended') ?? lines.at(-1)
    },
    /** Resolves when the snapshot is as described; the page looks at each change, so no state is missed for long. */
    until: async (isSo: (phone: PhoneSnapshot) => boolean, ms = 30_000): Promise<PhoneSnapshot> => {
      const end = Date.now() + ms
      for (;;) {
        const phone = await snapshot()
        if (isSo(phone)) return phone
        if (Date.now() > end) throw new Error(`Never so: ${isSo}; the phone is ${JSON.stringify(phone, null, 1)}`)
        await page.evaluate(
          () =>
            new Promise<void>((resolve) => {
              const stop = window.harness.phone.subscribe(() => {
                stop()
                resolve()
              })
              setTimeout(resolve, 200)
            }),
        )
      }
    },
    heardDb: (ms = 2_500) => page.evaluate((span) => window.harness.heardDb(span), ms),
    packets: () => page.evaluate(() => window.harness.packets()),
    recordings: () => page.evaluate(() => window.harness.recordings),
    breakSink: (message: string | null) => page.evaluate((words) => window.harness.breakSink(words), message),
    received: () => page.evaluate(() => window.harness.received),
    rewriteSent: (pattern: RegExp, replacement: string) =>
      page.evaluate(([from, to]) => window.harness.rewriteSent(from, to), [pattern.source, replacement] as const),
    cutSocket: () => page.evaluate(() => window.harness.sockets.at(-1)?.close()),
  }
}

export type Desk = ReturnType<typeof deskOf>

const md5 = (text: string) => createHash('md5').update(text).digest('hex')
