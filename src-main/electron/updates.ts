import { app, type BrowserWindow } from 'electron'
import updater from 'electron-updater'
import { settings } from './settings.ts'

const everyMs = 6 * 3600 * 1000

/**
 * Updates come from the province's own feed (`updates` in ban-truc.json; a folder on the LAN will do), are fetched
 * quietly, and are put in only when the desk is closed: never in a call, never in a shift.
 */
export function watchForUpdates(phone: BrowserWindow): void {
  const { updates } = settings()
  if (!app.isPackaged || updates === null) return
  const { autoUpdater } = updater
  autoUpdater.setFeedURL({ provider: 'generic', url: updates })
  autoUpdater.autoDownload = true
  autoUpdater.autoInstallOnAppQuit = true
  const check = () => {
    // A download would share the line with the voice.
    if (!phone.isDestroyed() && phone.webContents.isCurrentlyAudible()) return
    autoUpdater.checkForUpdates().catch(() => {
      // No feed today; the next check is in hours, and nothing of the desk depends on it.
    })
  }
  check()
  setInterval(check, everyMs).unref()
}
