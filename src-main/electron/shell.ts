import { join } from 'node:path'
import { app, type BrowserWindow, dialog } from 'electron'
import { askBeforeCuttingOff, stopDeskFirst } from './closing.ts'
import { startDesk } from './desk.ts'
import { guardContents } from './guard.ts'
import { allowMedia } from './permissions.ts'
import { joinWindows } from './ports.ts'
import { keepAwakeInCalls } from './power.ts'
import { sealKey } from './seal-key.ts'
import { settings } from './settings.ts'
import { watchForUpdates } from './updates.ts'
import { openConsoleWindow, openPhoneWindow } from './windows.ts'
import { registerWindowsScheme, serveWindows } from './windows-scheme.ts'

/** The shell around the desk: windows, ports between them, the system's key store. No rule of the hotline lives here. */
export function runShell(): void {
  registerWindowsScheme()
  guardContents()
  let consoleWindow: BrowserWindow | null = null
  app.on('second-instance', () => {
    if (consoleWindow?.isMinimized()) consoleWindow.restore()
    consoleWindow?.focus()
  })
  // The phone window has no face: the desk ends when its console is closed.
  app.on('window-all-closed', () => app.quit())

  void app
    .whenReady()
    .then(async () => {
      const { dataDir, server } = settings()
      serveWindows(join(import.meta.dirname, '../renderer'))
      allowMedia()
      const desk = startDesk({ dataDir, server, sealKey: () => sealKey(dataDir) }, tellTrouble)
      const phone = openPhoneWindow()
      const face = openConsoleWindow()
      consoleWindow = face
      joinWindows({ console: face, phone, desk })
      askBeforeCuttingOff(face, phone, keepAwakeInCalls(phone))
      stopDeskFirst(desk)
      watchForUpdates(phone)
      face.on('closed', () => {
        consoleWindow = null
      })
    })
    .catch((error: unknown) => {
      dialog.showErrorBox(
        'Bàn Trực 1022',
        `Không mở được bàn trực: ${error instanceof Error ? error.message : String(error)}`,
      )
      app.exit(2)
    })
}

/** The phone works without the desk's data, so the windows stay and the desk is tried again. */
function tellTrouble(why: string): void {
  void dialog.showMessageBox({
    type: 'warning',
    title: 'Bàn Trực 1022',
    message: 'Chưa mở được dữ liệu của bàn trực trên máy này.',
    detail: `${why}\n\nVẫn nghe, gọi được. Bàn trực tự thử lại; nếu không được, hãy báo quản trị.`,
  })
}
