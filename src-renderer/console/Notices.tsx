import { Button } from '@mantine/core'
import type { DeskState } from '../../src-shared/bridge.ts'
import { registerRoles } from '../../src-shared/people/roles.ts'
import { DeskNotice } from '../session/DeskNotice.tsx'
import { showFailure, useSession } from '../session/session-store.ts'
import { failureWords, useSay } from '../session/words.ts'
import { Notice } from '../ui/Notice.tsx'
import { codesNotice } from './codes-notice.ts'
import classes from './console.module.css'

/** What a person must know before going on: the desk is away, full or without codes, or set a damaged database aside. */
export function Notices() {
  const say = useSay()
  const state = useSession((session) => session.state)
  const isDeskUp = useSession((session) => session.isDeskUp)
  const failure = useSession((session) => session.failure)
  const codes = state === null ? null : codesNotice(state, say)
  const link = state?.link
  return (
    <div className={classes.notices}>
      {!isDeskUp && <Notice tone="late">{say('notice.deskGone')}</Notice>}
      {state?.isDiskFull && <Notice tone="late">{say('notice.diskFull')}</Notice>}
      {link?.kind === 'incompatible' && (
        <Notice tone="soon">{say(`notice.update-${link.update}`, { version: link.serverVersion })}</Notice>
      )}
      {link?.kind === 'signed-out' && <Notice tone="soon">{say('notice.signedOut')}</Notice>}
      {isWithoutCases(state) && <Notice tone="soon">{say('notice.holdsNothing')}</Notice>}
      {codes && <Notice tone={codes.tone}>{codes.text}</Notice>}
      {failure !== null && (
        <Notice tone="soon">
          {failureWords(say, failure)}{' '}
          <Button size="compact-xs" variant="subtle" onClick={() => showFailure(null)}>
            {say('notice.understood')}
          </Button>
        </Notice>
      )}
      <DeskNotice />
    </div>
  )
}

/** Somebody who may see cases sits at a computer that keeps none; once the server has been met, it brings them back by itself. */
const isWithoutCases = (state: DeskState | null): boolean =>
  state?.holds === 'nothing' &&
  state.account !== null &&
  registerRoles.includes(state.account.role) &&
  state.link.kind !== 'connected' &&
  state.link.kind !== 'connecting'
