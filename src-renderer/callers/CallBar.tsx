import {
  IconAlertTriangle,
  IconArrowsExchange,
  IconMicrophone,
  IconMicrophoneOff,
  IconPhone,
  IconPhoneCall,
  IconPhoneOff,
  IconPhoneOutgoing,
  IconPlayerPause,
  IconTransfer,
} from '@tabler/icons-react'
import { KeyButton } from '../keyboard/KeyButton.tsx'
import { useShortcut } from '../keyboard/keys.ts'
import { useMyself } from '../queue/queue-store.ts'
import { useSession } from '../session/session-store.ts'
import { sayCode, useSay } from '../session/words.ts'
import { AgentState } from './AgentState.tsx'
import { answer, openSheet, tell, useCalls } from './call-store.ts'
import classes from './callers.module.css'
import { LineCard } from './LineCard.tsx'
import { foremost, isLive, ringing, run, usePhone } from './phone-state.ts'

/** One row that is always in the same place: state, the call, its keys. It announces, and never takes the focus. */
export function CallBar() {
  const say = useSay()
  const phone = usePhone()
  const problem = useCalls((calls) => calls.problem)
  const hasLine = useSession((session) => session.line !== null)
  const lines = phone.lines.filter(isLive)
  const main = foremost(lines)
  const incoming = ringing(lines)
  const ended = phone.lines.find((line) => line.state === 'ended')
  const talking = main?.state === 'talking' || main?.state === 'held' ? main : undefined
  const other = lines.find((line) => line.id !== main?.id && line.state === 'held')

  const noCall = say('call.noCall')
  const whyNotTalking = talking ? null : noCall
  const transfer = talking?.transfer

  return (
    <section className={classes.bar} aria-label={say('call.bar')}>
      <AgentState />
      <div className={classes.lines}>
        {lines.length === 0 && ended === undefined && (
          <span className={classes.idle}>
            {hasLine ? sayCode(say, 'registration', phone.registration.state) : say('call.noLine')}
          </span>
        )}
        {lines.map((line) => (
          <LineCard key={line.id} line={line} isForemost={line.id === main?.id} />
        ))}
        {lines.length === 0 && ended && <LineCard line={ended} isForemost />}
        {problem !== null && (
          <span className={classes.alarm} role="alert">
            <IconAlertTriangle size={14} aria-hidden="true" /> {problem}
          </span>
        )}
      </div>
      <div className={classes.keys} role="toolbar" aria-label={say('call.keys')}>
        {incoming && (
          <KeyButton
            shortcut="call.answer"
            label={say('call.answer')}
            icon={<IconPhone size={15} />}
            variant="filled"
            bg="var(--desk-answer)"
            c="white"
            onPress={() => void answer(incoming)}
          />
        )}
        <KeyButton
          shortcut="call.hold"
          label={say(talking?.state === 'held' ? 'call.resume' : 'call.hold')}
          icon={<IconPlayerPause size={15} />}
          why={whyNotTalking}
          isPressed={talking?.state === 'held'}
          onPress={() =>
            talking && tell(run({ name: talking.state === 'held' ? 'resume' : 'hold', lineId: talking.id }))
          }
        />
        <KeyButton
          shortcut="call.mute"
          label={say(talking?.isMuted ? 'call.unmute' : 'call.mute')}
          icon={talking?.isMuted ? <IconMicrophoneOff size={15} /> : <IconMicrophone size={15} />}
          why={whyNotTalking}
          isPressed={talking?.isMuted ?? false}
          onPress={() => talking && tell(run({ name: talking.isMuted ? 'unmute' : 'mute', lineId: talking.id }))}
        />
        {transfer?.kind === 'attended' && transfer.state !== 'failed' ? (
          <>
            <KeyButton
              shortcut="call.transfer"
              label={say('call.completeTransfer')}
              icon={<IconTransfer size={15} />}
              onPress={() => talking && tell(run({ name: 'completeAttendedTransfer', lineId: talking.id }))}
            />
            <KeyButton
              shortcut="call.swap"
              label={say('call.cancelTransfer')}
              onPress={() => talking && tell(run({ name: 'cancelAttendedTransfer', lineId: talking.id }))}
            />
          </>
        ) : (
          <KeyButton
            shortcut="call.transfer"
            label={say('call.transfer')}
            icon={<IconTransfer size={15} />}
            why={whyNotTalking}
            onPress={() => openSheet('transfer')}
          />
        )}
        {other && talking?.state === 'talking' && !transfer && (
          <KeyButton
            shortcut="call.swap"
            label={say('call.swap')}
            icon={<IconArrowsExchange size={15} />}
            onPress={() => void swap(talking.id, other.id)}
          />
        )}
        {main && (
          <KeyButton
            shortcut="call.end"
            label={say(main.state === 'ringing' ? 'call.decline' : 'call.end')}
            icon={<IconPhoneOff size={15} />}
            c="var(--desk-late)"
            bd="1px solid var(--desk-late)"
            onPress={() => tell(run({ name: main.state === 'ringing' ? 'decline' : 'hangUp', lineId: main.id }))}
          />
        )}
        {!main && !ended && (
          <KeyButton
            shortcut="call.dial"
            label={say('call.dial')}
            icon={<IconPhoneOutgoing size={15} />}
            why={hasLine ? null : say('call.noLine')}
            onPress={() => openSheet('dial')}
          />
        )}
        <WrapUpKey isNeeded={ended !== undefined && !main} />
      </div>
      <div className={classes.hidden} role="status" aria-live="polite">
        {incoming ? say('call.ringsFrom', { number: incoming.number }) : ''}
      </div>
    </section>
  )
}

function WrapUpKey({ isNeeded }: { isNeeded: boolean }) {
  const say = useSay()
  const me = useMyself()
  const isAfterCall = isNeeded || me?.state === 'wrap-up'
  useShortcut('call.state', () => openSheet('state'))
  if (!isAfterCall) return null
  return (
    <KeyButton
      shortcut="call.wrapUp"
      label={say('call.wrapUp')}
      icon={<IconPhoneCall size={15} />}
      variant="filled"
      onPress={() => openSheet('wrap-up')}
    />
  )
}

/** Hold first: two open lines would let one citizen hear another. */
async function swap(talkingId: string, heldId: string): Promise<void> {
  const held = await tell(run({ name: 'hold', lineId: talkingId }))
  if (held.ok) await tell(run({ name: 'resume', lineId: heldId }))
}
