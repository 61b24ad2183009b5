import { Button, Select } from '@mantine/core'
import { IconCircleCheck, IconCircleX, IconHeadset } from '@tabler/icons-react'
import { isLive, run, usePhone } from '../callers/phone-state.ts'
import { clockTime } from '../deadlines/times.ts'
import type { PhoneSnapshot } from '../phone/phone.ts'
import { useSession } from '../session/session-store.ts'
import { sayCode, useSay } from '../session/words.ts'
import { Notice } from '../ui/Notice.tsx'
import { Section } from '../ui/Section.tsx'
import classes from './admin.module.css'

/** Before the shift: is there a line, a microphone, a sound; and if not, why not. */
export function LinePage() {
  const say = useSay()
  const phone = usePhone()
  const line = useSession((session) => session.line)
  const { registration, selfTest } = phone
  const mos = phone.lines.find((one) => isLive(one) && one.quality !== null)?.quality
  return (
    <>
      <Section title={say('line.registration')}>
        {line === null ? (
          <Notice tone="calm">{say('call.noLine')}</Notice>
        ) : (
          <dl className={classes.facts}>
            <dt>{say('line.state')}</dt>
            <dd>
              {registration.state === 'registered'
                ? say('status.lineReady')
                : sayCode(say, 'registration', registration.state)}
              {registration.why !== null && `: ${sayCode(say, 'registrationWhy', registration.why)}`}
              {registration.retryAt !== null && ` · ${say('line.retry', { at: clockTime(registration.retryAt) })}`}
            </dd>
            <dt>{say('line.number')}</dt>
            <dd>{line.username}</dd>
            <dt>{say('line.exchange')}</dt>
            <dd>{line.wsUrl}</dd>
            <dt>{say('line.microphone')}</dt>
            <dd>{sayCode(say, 'permission', phone.microphonePermission)}</dd>
            {mos && (
              <>
                <dt>{say('line.quality')}</dt>
                <dd>
                  {say('line.qualityNow', {
                    mos: mos.mos.toFixed(1).replace('.', ','),
                    loss: mos.lossPercent.toFixed(1).replace('.', ','),
                    jitter: Math.round(mos.jitterMs),
                  })}
                </dd>
              </>
            )}
          </dl>
        )}
      </Section>
      <Section title={say('line.devices')}>
        {phone.missingDevices.length > 0 && <Notice tone="soon">{say('line.missing')}</Notice>}
        <div className={classes.devices}>
          <Device phone={phone} kind="microphone" use="microphoneDeviceId" label={say('line.microphone')} />
          <Device phone={phone} kind="speaker" use="talkDeviceId" label={say('line.talk')} />
          <Device phone={phone} kind="speaker" use="ringDeviceId" label={say('line.ring')} />
        </div>
      </Section>
      <Section title={say('line.selfTest')}>
        <p className={classes.dim}>{say('line.selfTestHint')}</p>
        <Button
          my={8}
          leftSection={<IconHeadset size={16} aria-hidden="true" />}
          loading={selfTest?.outcome === 'running'}
          onClick={() => void run({ name: 'selfTest' })}
        >
          {say('line.test')}
        </Button>
        {selfTest && selfTest.outcome !== 'running' && (
          <Notice tone={selfTest.outcome === 'go' ? 'live' : 'late'}>{say(`line.${selfTest.outcome}`)}</Notice>
        )}
        <ul className={classes.checks}>
          {selfTest?.checks.map((check) => (
            <li key={check.name} data-outcome={check.outcome}>
              {check.outcome === 'go' ? (
                <IconCircleCheck size={16} aria-hidden="true" />
              ) : (
                <IconCircleX size={16} aria-hidden="true" />
              )}
              {sayCode(say, 'check', check.name)}: {say(`line.${check.outcome}Short`)}
              {check.reason !== null && ` · ${sayCode(say, 'checkReason', check.reason)}`}
              {check.levelDb !== null && ` · ${Math.round(check.levelDb)} dB`}
            </li>
          ))}
        </ul>
      </Section>
    </>
  )
}

interface DeviceProps {
  phone: PhoneSnapshot
  kind: 'microphone' | 'speaker'
  use: 'microphoneDeviceId' | 'talkDeviceId' | 'ringDeviceId'
  label: string
}

function Device({ phone, kind, use, label }: DeviceProps) {
  const say = useSay()
  const devices = phone.devices.filter((device) => device.kind === kind && device.deviceId !== 'default')
  return (
    <Select
      label={label}
      data={[
        { value: 'default', label: say('line.systemDevice') },
        ...devices.map(({ deviceId, label: name }, index) => ({
          value: deviceId,
          label: name || say('line.device', { n: index + 1 }),
        })),
      ]}
      value={phone[use]}
      allowDeselect={false}
      onChange={(deviceId) => deviceId && void run({ name: 'setDevices', [use]: deviceId })}
    />
  )
}
