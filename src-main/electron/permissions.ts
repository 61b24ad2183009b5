import { session } from 'electron'
import { isOurPage } from './windows-scheme.ts'

const granted = new Set(['media', 'speaker-selection', 'clipboard-sanitized-write', 'hid'])

/**
 * The microphone, the choice of loudspeaker, the headset's buttons, and copying a code: nothing else, and to our pages
 * only. A camera is never needed.
 */
export function allowMedia(): void {
  session.defaultSession.setPermissionRequestHandler((_contents, permission, answer, details) => {
    const seesToo = 'mediaTypes' in details && details.mediaTypes?.includes('video') === true
    answer(granted.has(permission) && isOurPage(details.requestingUrl) && !seesToo)
  })
  session.defaultSession.setPermissionCheckHandler((_contents, permission, origin, details) => {
    return granted.has(permission) && isOurPage(`${origin}/`) && details.mediaType !== 'video'
  })
}
