import { IconAlertTriangle, IconCloudCheck, IconCloudOff, IconCloudUp } from '@tabler/icons-react'
import type { DeskState } from '../../src-shared/bridge.ts'
import { fromIso } from '../../src-shared/deadlines/instants.ts'
import { timeOfDay } from '../../src-shared/deadlines/spoken.ts'
import { registerRoles } from '../../src-shared/people/roles.ts'
import { isLive, usePhone } from '../callers/phone-state.ts'
import { clockTime, shortTime } from '../deadlines/times.ts'
import { registerNow } from '../session/now.ts'
import { progressWords } from '../session/progress.ts'
import { useSession } from '../session/session-store.ts'
import { type Say, sayCode, useSay } from '../session/words.ts'
import { fewCodes } from './codes-notice.ts'
import classes from './console.module.css'
import { roomsOf, showRoom } from './room-store.ts'

/** One line of plain words: has the register everything, does the line work, is it being recorded. */
export function StatusBar() {
  const say = useSay()
  const state = useSession((session) => session.state)
  const isDeskUp = useSession((session) => session.isDeskUp)
  if (state === null) return null
  // Codes are kept for those who write cases; at an administrator's desk there are none to run out of.
  const writesCases = state.account !== null && roomsOf[state.account.role].includes('duty')
  const link = isDeskUp ? linkWords(state, say) : { isBad: true, text: say('status.deskGone') }
  const Icon = link.isBad ? IconCloudOff : state.waiting > 0 ? IconCloudUp : IconCloudCheck
  return (
    <section className={classes.status} aria-label={say('status.bar')}>
      <button
        type="button"
        className={classes.statusKey}
        data-bad={link.isBad}
        onClick={() => showRoom('outbox')}
        title={say('outbox.open')}
      >
        <Icon size={14} aria-hidden="true" />
        <span role="status">
          {link.text} · {waitingWords(state, link.isBad, say)}
        </span>
      </button>
      {state.attention > 0 && (
        <button type="button" className={classes.attention} onClick={() => showRoom('outbox')}>
          <IconAlertTriangle size={14} aria-hidden="true" /> {say('status.attention', { count: state.attention })}
        </button>
      )}
      <StoreWords state={state} />
      <LineWords />
      <span>{recordingWords(state, say)}</span>
      <span className={classes.grow} />
      {writesCases && state.codesLeft < fewCodes && (
        <span className={classes.warn}>{say('status.codesLeft', { count: state.codesLeft })}</span>
      )}
    </section>
  )
}

/** While nothing can be sent, since when the oldest waits. */
function waitingWords({ waiting, waitingSinceAt }: DeskState, isStuck: boolean, say: Say): string {
  if (!isStuck || waitingSinceAt === null) return say('status.waiting', { count: waiting })
  return say('status.waitingSince', { count: waiting, at: shortTime(waitingSinceAt, registerNow()) })
}

/** What the desk is bringing home, and what keeps it from keeping anything. */
function StoreWords({ state: { progress, isDiskFull, holds, account } }: { state: DeskState }) {
  const say = useSay()
  return (
    <>
      {isDiskFull && <span className={classes.full}>{say('status.diskFull')}</span>}
      {progress !== null && <span>{progressWords(progress, say)}</span>}
      {/* An administrator's desk keeps none, and that is as it should be. */}
      {holds === 'nothing' && (
        <span className={account !== null && registerRoles.includes(account.role) ? classes.warn : undefined}>
          {say('status.holdsNothing')}
        </span>
      )}
    </>
  )
}

function linkWords({ link, lastSyncAt }: DeskState, say: Say): { isBad: boolean; text: string } {
  switch (link.kind) {
    case 'connected': {
      const at = lastSyncAt === null ? null : clockTime(lastSyncAt)
      return { isBad: false, text: at === null ? say('status.connected') : say('status.synced', { at }) }
    }
    case 'connecting':
      return { isBad: true, text: say('status.connecting') }
    case 'offline':
      return { isBad: true, text: say('status.offline', { at: timeOfDay(fromIso(link.sinceAt)) }) }
    case 'incompatible':
      return { isBad: true, text: say(`status.update-${link.update}`, { version: link.serverVersion }) }
    case 'signed-out':
      return { isBad: true, text: say('status.signedOut') }
  }
}

const decimal = (value: number) => value.toFixed(1).replace('.', ',')
const gigabytes = (bytes: number) => (bytes >= 1e9 ? `${decimal(bytes / 1e9)} GB` : `${Math.round(bytes / 1e6)} MB`)

function LineWords() {
  const say = useSay()
  const hasLine = useSession((session) => session.line !== null)
  const { registration, lines } = usePhone()
  if (!hasLine) return null
  const mos = lines.find((line) => isLive(line) && line.quality !== null)?.quality?.mos
  const isBad = registration.state !== 'registered' || (mos !== undefined && mos < 3.1)
  const words =
    registration.state !== 'registered'
      ? `${sayCode(say, 'registration', registration.state)}${registration.why ? `: ${sayCode(say, 'registrationWhy', registration.why)}` : ''}`
      : mos === undefined
        ? say('status.lineReady')
        : say(mos >= 3.6 ? 'status.lineGood' : mos >= 3.1 ? 'status.lineFair' : 'status.linePoor', {
            mos: decimal(mos),
          })
  return <span className={isBad ? classes.warn : undefined}>{words}</span>
}

function recordingWords({ recordings }: DeskState, say: Say): string {
  const free = recordings.freeBytes
  const size = gigabytes(recordings.sizeBytes)
  const words =
    free === null ? say('status.recordings', { size }) : say('status.recordingsFree', { size, free: gigabytes(free) })
  return recordings.waitingUpload === 0
    ? words
    : `${words} · ${say('status.uploads', { count: recordings.waitingUpload })}`
}
