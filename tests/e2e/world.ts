import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type Browser, type BrowserContext, chromium as launcher, type Page } from '@playwright/test'
import { type Child, firstLine, startChild } from '../../src-main/start/child.ts'
import { chromiumFlags } from '../fixtures/chromium.ts'
import { chromium } from '../sip/speech.ts'

const root = resolve(import.meta.dirname, '../..')

/** The real server and the real desk, each a process of its own, and a browser window of a profile of its own for each person. */
export interface World {
  readonly serverUrl: string
  readonly dir: string
  /** Where the server's clock begins at the next start. */
  at: string
  /** Another desk, with its own local database; `through` is where it finds the server, if not straight. */
  openDesk(name: string, through?: string): Promise<string>
  /** Ends a desk, lets something happen to its folder, and starts it again; answers its new address. */
  restartDesk(name: string, meanwhile: (dir: string) => void | Promise<void>): Promise<string>
  /** With `wav` a browser of its own, whose microphone says it again and again; without, a profile of one that all others share. */
  openBrowser(wav?: string): Promise<{ context: BrowserContext; page: Page }>
  stopServer(): Promise<void>
  startServer(): Promise<void>
  steer(to: { at: string } | { advanceSeconds: number }): Promise<{ now: string; escalated: unknown }>
  /** What the server sent to people outside, as the local file gateway wrote it, oldest first. */
  messages(): { to: string; text: string; kind?: string }[]
  close(): Promise<void>
}

export async function openWorld(options: { at: string; viewport?: { width: number; height: number } }): Promise<World> {
  const dir = mkdtempSync(join(tmpdir(), 'ban-truc-e2e-'))
  const port = 20_000 + Math.floor(Math.random() * 20_000)
  const serverUrl = `http://127.0.0.1:${port}`
  const desks = new Map<string, Child>()
  const browsers: Browser[] = []
  let server: Child | null = null
  let shared: Promise<Browser> | null = null

  const launch = async (wav?: string): Promise<Browser> => {
    const browser = await launcher.launch({
      executablePath: chromium,
      args: chromiumFlags(wav),
    })
    browsers.push(browser)
    return browser
  }
  const startServer = async () => {
    server = startChild('server', ['sync-server/src/main.ts'], {
      cwd: root,
      env: {
        ...process.env,
        BT1022_PORT: String(port),
        BT1022_DATA_DIR: join(dir, 'server'),
        BT1022_DEMO: 'true',
        BT1022_CLOCK: 'steerable',
        BT1022_CLOCK_AT: world.at,
        BT1022_LINE_WRAP_UP_SECONDS: '5',
        BT1022_SESSION_HOURS: '168',
      },
    })
    await firstLine(server, 'server')
  }
  const world: World = {
    serverUrl,
    dir,
    at: options.at,
    async openDesk(name, through = serverUrl) {
      const desk = startChild(
        `desk ${name}`,
        ['src-main/browser-host.ts', '--server', through, '--data', join(dir, name), '--port', '0'],
        {
          cwd: root,
          env: process.env,
        },
      )
      desks.set(name, desk)
      return (await firstLine(desk, `desk ${name}`)).listening
    },
    async restartDesk(name, meanwhile) {
      await desks.get(name)?.stop()
      await meanwhile(join(dir, name))
      return world.openDesk(name)
    },
    async openBrowser(wav) {
      if (wav === undefined) shared ??= launch()
      const browser = await (wav === undefined ? shared! : launch(wav))
      const context = await browser.newContext({
        viewport: options.viewport ?? { width: 1366, height: 768 },
        locale: 'vi-VN',
        timezoneId: 'Asia/Ho_Chi_Minh',
        permissions: ['microphone'],
        reducedMotion: 'reduce',
      })
      return { context, page: await context.newPage() }
    },
    async stopServer() {
      await server?.stop()
      server = null
    },
    startServer,
    async steer(to) {
      const answer = await fetch(`${serverUrl}/test/clock`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(to),
      })
      if (!answer.ok) throw new Error(`the clock was not steered: ${answer.status} ${await answer.text()}`)
      return (await answer.json()) as { now: string; escalated: unknown }
    },
    messages() {
      const outbox = join(dir, 'server', 'outbox')
      return readdirSync(outbox)
        .filter((name) => name.endsWith('.jsonl'))
        .sort()
        .flatMap((name) => readFileSync(join(outbox, name), 'utf8').trim().split('\n').filter(Boolean))
        .map((line) => JSON.parse(line) as { to: string; text: string })
    },
    async close() {
      await Promise.all(browsers.map((browser) => browser.close()))
      await Promise.all([...desks.values(), ...(server === null ? [] : [server])].map((child) => child.stop()))
      rmSync(dir, { recursive: true, force: true })
    },
  }
  await startServer()
  return world
}
