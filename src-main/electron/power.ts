import { type BrowserWindow, powerSaveBlocker } from 'electron'

/** A call must not be cut by a machine that falls asleep; while the phone is silent the machine may sleep as it likes. */
export function keepAwakeInCalls(phone: BrowserWindow): void {
  let blocker: number | null = null
  const release = () => {
    if (blocker !== null) powerSaveBlocker.stop(blocker)
    blocker = null
  }
  phone.webContents.on('media-started-playing', () => {
    blocker ??= powerSaveBlocker.start('prevent-app-suspension')
  })
  phone.webContents.on('media-paused', release)
  phone.on('closed', release)
}
