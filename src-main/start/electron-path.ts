import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** Where Electron's runtime is, or in words why there is none to open. It is never downloaded by a start. */
export function electronPath(): { path: string; args: string[] } | { path: null; args: string[]; why: string } {
  const runtime = installedRuntime()
  if (runtime === null) return { path: null, args: [], why: 'Máy này chưa có Electron.' }
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    return { path: null, args: [], why: 'Không có màn hình để mở Electron.' }
  }
  // Chromium's sandbox refuses to run as root.
  return { path: runtime, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] }
}

function installedRuntime(): string | null {
  const names = { linux: 'electron', win32: 'electron.exe', darwin: 'Electron.app/Contents/MacOS/Electron' } as const
  const name = names[process.platform as keyof typeof names] ?? 'electron'
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH
  if (override) return existsSync(join(override, name)) ? join(override, name) : null
  try {
    const home = dirname(createRequire(import.meta.url).resolve('electron/package.json'))
    const path = join(home, 'dist', readFileSync(join(home, 'path.txt'), 'utf8').trim())
    return existsSync(path) ? path : null
  } catch {
    return null
  }
}
