import { Button } from '@mantine/core'
import { bridge } from '../session/desk.ts'
import { showFailure, useSession } from '../session/session-store.ts'
import { failureWords, sayCode, useSay } from '../session/words.ts'
import { Notice } from '../ui/Notice.tsx'
import classes from './console.module.css'

/** What a person must know before going on: the desk process is away, or set a damaged database aside. */
export function Notices() {
  const say = useSay()
  const notice = useSession((session) => session.state?.notice ?? null)
  const isDeskUp = useSession((session) => session.isDeskUp)
  const link = useSession((session) => session.state?.link)
  const failure = useSession((session) => session.failure)
  if (isDeskUp && notice === null && failure === null && link?.kind !== 'incompatible' && link?.kind !== 'signed-out')
    return null
  return (
    <div className={classes.notices}>
      {!isDeskUp && <Notice tone="late">{say('notice.deskGone')}</Notice>}
      {link?.kind === 'incompatible' && (
        <Notice tone="soon">{say(`notice.update-${link.update}`, { version: link.serverVersion })}</Notice>
      )}
      {link?.kind === 'signed-out' && <Notice tone="soon">{say('notice.signedOut')}</Notice>}
      {failure !== null && (
        <Notice tone="soon">
          {failureWords(say, failure)}{' '}
          <Button size="compact-xs" variant="subtle" onClick={() => showFailure(null)}>
            {say('notice.understood')}
          </Button>
        </Notice>
      )}
      {notice !== null && (
        <Notice tone="soon">
          {sayCode(say, 'notice', notice.code, notice.params)}{' '}
          <Button size="compact-xs" variant="subtle" onClick={() => void bridge().call('desk.dismissNotice', {})}>
            {say('notice.understood')}
          </Button>
        </Notice>
      )}
    </div>
  )
}
