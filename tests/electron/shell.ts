import type { ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import type { BrowserWindow } from 'electron'
import { missingTool } from '../sip/speech.ts'

const root = resolve(import.meta.dirname, '../..')

/** Why the shell cannot be run on this machine, or null. */
export function missingShell(): string | null {
  const runtime = process.env.BT1022_TEST_ELECTRON
  if (!runtime || !existsSync(runtime)) return 'no Electron runtime (BT1022_TEST_ELECTRON)'
  if (!process.env.DISPLAY) return 'no display (xvfb-run)'
  return missingTool()
}

export interface Shell {
  readonly app: ElectronApplication
  readonly console: Page
  readonly phone: Page
  readonly program: ChildProcess
}

/** The real shell, from the built windows, on its own data, with a microphone that says `wav` again and again. */
export async function openShell(options: { serverUrl: string; dir: string; wav: string }): Promise<Shell> {
  const app = await _electron.launch({
    executablePath: process.env.BT1022_TEST_ELECTRON!,
    cwd: root,
    args: [
      // The tests may run as root, which Chromium's sandbox refuses.
      '--no-sandbox',
      '--disable-gpu',
      // Not the fake permission prompt: who gets the microphone is for the shell's own handlers to say.
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-audio-capture=${options.wav}`,
      '--autoplay-policy=no-user-gesture-required',
      '--allow-loopback-in-peer-connection',
      `--user-data-dir=${join(options.dir, 'user-data')}`,
      '.',
    ],
    env: {
      ...(process.env as Record<string, string>),
      BT1022_SERVER: options.serverUrl,
      BT1022_DATA: join(options.dir, 'desk'),
    },
  })
  const page = async (name: string): Promise<Page> => {
    const isIt = (one: Page) => one.url().endsWith(`/${name}`)
    return app.windows().find(isIt) ?? (await app.waitForEvent('window', { predicate: isIt }))
  }
  return { app, console: await page('console.html'), phone: await page('phone.html'), program: app.process() }
}

/** Does something with the shell's own window of the console, inside the shell. */
export async function withConsoleWindow<T, G = undefined>(
  { app }: Shell,
  act: (window: BrowserWindow, given: G) => T | Promise<T>,
  ...given: G extends undefined ? [] : [G]
): Promise<T> {
  const window = await app.evaluateHandle(
    ({ BrowserWindow }) => BrowserWindow.getAllWindows().find((one) => one.webContents.getURL().includes('console'))!,
  )
  // biome-ignore lint/suspicious/noExplicitAny: what crosses is plain data, which the driver's own types do not say.
  return (await window.evaluate(act as any, given[0])) as T
}

/** The process that runs the desk, as the shell itself lists it; null while it is being started again. */
export function deskPid({ app }: Shell): Promise<number | null> {
  return app.evaluate(
    ({ app: shell }) => shell.getAppMetrics().find(({ name }) => name === 'Bàn Trực 1022: desk')?.pid ?? null,
  )
}

interface Watched {
  readonly connections: Set<RTCPeerConnection>
  deskPort: MessagePort | null
}
declare global {
  interface Window {
    watched: Watched
  }
}

/** From now on the page's calls, and each port to the desk that it is handed, are within reach of the tests. */
export function watch(page: Page): Promise<void> {
  return page.evaluate(() => {
    const watched: Watched = { connections: new Set(), deskPort: null }
    window.watched = watched
    window.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(...given: ConstructorParameters<typeof RTCPeerConnection>) {
        super(...given)
        watched.connections.add(this)
      }
    }
    window.addEventListener('message', (event) => {
      if (event.data === 'desk-port') watched.deskPort = event.ports[0] ?? null
    })
  })
}

/** RTP packets that have arrived in the phone window since it was watched. */
export function packetsReceived(phone: Page): Promise<number> {
  return phone.evaluate(async () => {
    let packets = 0
    for (const connection of window.watched.connections) {
      for (const report of (await connection.getStats()).values()) {
        if (report.type === 'inbound-rtp') packets += report.packetsReceived
      }
    }
    return packets
  })
}

/** Asks the desk over the port that the page was handed last. */
export async function askDesk(page: Page, call: string, input: unknown): Promise<unknown> {
  const message = { id: 1_000_000 + Math.floor(Math.random() * 1_000_000), call, input }
  const reply = await page.evaluate(
    (asked) =>
      new Promise<{ ok: boolean; value?: unknown; error?: unknown }>((resolve) => {
        const port = window.watched.deskPort!
        const heard = ({ data }: MessageEvent) => {
          if (data.id !== asked.id) return
          port.removeEventListener('message', heard)
          resolve(data)
        }
        port.addEventListener('message', heard)
        port.postMessage(asked)
      }),
    message,
  )
  if (!reply.ok) throw new Error(`${call}: ${JSON.stringify(reply.error)}`)
  return reply.value
}
