import { type BrowserWindow, ipcMain, MessageChannelMain } from 'electron'
import type { DeskHandle } from './desk.ts'
import { isOurPage } from './windows-scheme.ts'

/**
 * Brings the three together with ports: console ↔ desk, phone ↔ desk, console ↔ phone. A window that loads (again) gets
 * fresh ports; a desk that was restarted is handed to both windows anew. The shell itself reads none of the messages.
 */
export function joinWindows(parts: { console: BrowserWindow; phone: BrowserWindow; desk: DeskHandle }): void {
  const { console: face, phone, desk } = parts
  const loaded = new Set<BrowserWindow>()

  const toDesk = (window: BrowserWindow) => window.webContents.postMessage('desk-port', null, [desk.port()])
  const toEachOther = () => {
    if (!loaded.has(face) || !loaded.has(phone)) return
    const { port1, port2 } = new MessageChannelMain()
    phone.webContents.postMessage('phone-port', null, [port1])
    face.webContents.postMessage('phone-port', null, [port2])
  }

  ipcMain.on('window-ready', (event) => {
    if (event.senderFrame === null || !isOurPage(event.senderFrame.url)) return
    const window = [face, phone].find((each) => !each.isDestroyed() && each.webContents === event.sender)
    if (!window) return
    loaded.add(window)
    toDesk(window)
    toEachOther()
  })
  desk.onRestart(() => {
    for (const window of loaded) if (!window.isDestroyed()) toDesk(window)
  })
}
