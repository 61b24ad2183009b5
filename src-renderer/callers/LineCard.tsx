import {
  IconAlertTriangle,
  IconPhoneCalling,
  IconPhoneCheck,
  IconPhoneIncoming,
  IconPhoneX,
  IconPlayerPause,
  IconRecordMail,
} from '@tabler/icons-react'
import { elapsed } from '../deadlines/times.ts'
import type { Line } from '../phone/phone.ts'
import { useNow } from '../session/now.ts'
import { sayCode, useSay } from '../session/words.ts'
import { Signal } from '../ui/Signal.tsx'
import { useCaller } from './caller.ts'
import classes from './callers.module.css'
import { spacedNumber } from './phone-state.ts'

const icons = {
  ringing: IconPhoneIncoming,
  dialling: IconPhoneCalling,
  talking: IconPhoneCheck,
  held: IconPlayerPause,
  ended: IconPhoneX,
} as const

export function LineCard({ line, isForemost }: { line: Line; isForemost: boolean }) {
  const say = useSay()
  const now = useNow()
  const caller = useCaller(line.number)
  const Icon = icons[line.state]
  const tone = line.state === 'talking' ? 'live' : line.state === 'ringing' ? 'accent' : 'quiet'
  const since = line.endedAt ?? line.answeredAt ?? line.startedAt
  const name = caller?.citizen?.name || line.displayName
  const time = line.state === 'ended' ? '' : ` ${elapsed(since, now)}`
  return (
    <div className={classes.line} data-foremost={isForemost} data-state={line.state}>
      <Signal tone={tone} icon={<Icon size={14} aria-hidden="true" />}>
        {sayCode(say, 'lineState', line.state)}
        {time}
      </Signal>
      <span className={classes.number}>{spacedNumber(line.number)}</span>
      {name !== '' && <span className={classes.name}>{name}</span>}
      {caller && caller.total > 0 && (
        <span className={classes.dim}>{say('caller.caseCount', { count: caller.total })}</span>
      )}
      {line.state === 'ended' && line.endReason && (
        <span className={classes.dim}>{sayCode(say, 'endReason', line.endReason)}</span>
      )}
      {line.isHeldThere && <span className={classes.dim}>{say('call.heldThere')}</span>}
      {line.recording === 'on' && line.state !== 'ended' && (
        <span className={classes.recording}>
          <IconRecordMail size={14} aria-hidden="true" /> {say('call.recording')}
        </span>
      )}
      {line.recording === 'paused' && <Signal tone="soon">{say('call.recordingPaused')}</Signal>}
      {line.recording === 'failed' && line.state !== 'ended' && (
        <span className={classes.alarm} role="alert">
          <IconAlertTriangle size={14} aria-hidden="true" /> {say('call.recordingFailed')}
        </span>
      )}
      {line.media === 'none' && line.state === 'talking' && (
        <span className={classes.alarm} role="alert">
          <IconAlertTriangle size={14} aria-hidden="true" /> {say('call.noSound')}
        </span>
      )}
      {line.transfer?.state === 'failed' && (
        <span className={classes.alarm} role="alert">
          <IconAlertTriangle size={14} aria-hidden="true" /> {say('call.transferFailed')}
        </span>
      )}
    </div>
  )
}
