import { session } from 'electron'
import { isOurPage } from './windows-scheme.ts'

const granted = new Set(['media', 'speaker-selection', 'clipboard-sanitized-write', 'hid'])

/** The microphone, the choice of loudspeaker, the headset's buttons, and copying a code: nothing else, and to our pages only. */
export function allowMedia(): void {
  session.defaultSession.setPermissionRequestHandler((contents, permission, answer) => {
    answer(granted.has(permission) && isOurPage(contents.getURL()))
  })
  session.defaultSession.setPermissionCheckHandler((contents, permission, origin) => {
    return granted.has(permission) && (contents === null ? isOurPage(`${origin}/`) : isOurPage(contents.getURL()))
  })
}
