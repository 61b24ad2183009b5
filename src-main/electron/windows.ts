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
  zoomByKeys(window)
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

const reloadAfterMs = 200

function reloadWhenGone(window: BrowserWindow): void {
  window.webContents.on('render-process-gone', (_event, details) => {
    if (details.reason === 'clean-exit') return
    // Never in the event itself: Chromium is still taking the old page down, and a load begun there ends the whole
    // program (electron/electron#51900). A moment later also keeps a page that dies at once from spinning.
    setTimeout(() => {
      if (!window.isDestroyed()) window.webContents.reload()
    }, reloadAfterMs)
  })
}

const zoomSteps: Readonly<Record<string, number>> = { Equal: 0.5, NumpadAdd: 0.5, Minus: -0.5, NumpadSubtract: -0.5 }

/** Without a menu nothing else does it, and small letters must be able to grow (WCAG 1.4.4). */
function zoomByKeys(window: BrowserWindow): void {
  const { webContents } = window
  webContents.on('before-input-event', (event, { type, control, alt, code }) => {
    const step = zoomSteps[code]
    if (type !== 'keyDown' || !control || alt || (step === undefined && code !== 'Digit0')) return
    event.preventDefault()
    webContents.setZoomLevel(step === undefined ? 0 : Math.max(-2, Math.min(4, webContents.getZoomLevel() + step)))
  })
}
