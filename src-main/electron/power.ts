import { type BrowserWindow, powerSaveBlocker } from 'electron'

/**
 * A call must not be cut by a machine that falls asleep; while the phone is silent the machine may sleep as it likes.
 * What plays in the phone window is a ring or the voice of the other side, so it tells whether there is a call.
 */
export function keepAwakeInCalls(phone: BrowserWindow): { isInCall(): boolean } {
  let playing = 0
  let blocker: number | null = null
  const follow = (next: number) => {
    playing = Math.max(0, next)
    if (playing > 0) blocker ??= powerSaveBlocker.start('prevent-app-suspension')
    else if (blocker !== null) {
      powerSaveBlocker.stop(blocker)
      blocker = null
    }
  }
  phone.webContents.on('media-started-playing', () => follow(playing + 1))
  phone.webContents.on('media-paused', () => follow(playing - 1))
  phone.webContents.on('render-process-gone', () => follow(0))
  phone.on('closed', () => follow(0))
  return { isInCall: () => playing > 0 }
}
