import { join } from 'node:path'
import { BrowserWindow, screen } from 'electron'
import { pageUrl } from './windows-scheme.ts'

const webPreferences = {
  preload: join(import.meta.dirname, '../preload/index.cjs'),
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
}

export function openConsoleWindow(): BrowserWindow {
  const { width, height } = screen.getPrimaryDisplay().workAreaSize
  const window = new BrowserWindow({
    title: 'Bàn Trực 1022',
    width: Math.min(1600, width),
    height: Math.min(1000, height),
    minWidth: 1024,
    minHeight: 640,
    backgroundColor: '#f7f8fa',
    autoHideMenuBar: true,
    show: false,
    webPreferences: { ...webPreferences, spellcheck: false },
  })
  window.removeMenu()
  window.once('ready-to-show', () => window.show())
  void window.loadURL(pageUrl('console.html'))
  reloadWhenGone(window)
  return window
}

/** The phone has no face; hidden pages are slowed down, which would break up the sound of a call. */
export function openPhoneWindow(): BrowserWindow {
  const window = new BrowserWindow({
    title: 'Bàn Trực 1022: điện thoại',
    show: false,
    webPreferences: { ...webPreferences, backgroundThrottling: false, autoplayPolicy: 'no-user-gesture-required' },
  })
  void window.loadURL(pageUrl('phone.html'))
  reloadWhenGone(window)
  return window
}

function reloadWhenGone(window: BrowserWindow): void {
  window.webContents.on('render-process-gone', (_event, details) => {
    if (details.reason !== 'clean-exit' && !window.isDestroyed()) window.webContents.reload()
  })
}
