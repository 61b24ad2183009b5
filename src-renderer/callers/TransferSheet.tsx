import { Button, Group, Modal, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Agency } from '../../src-shared/province/directory.ts'
import { fold } from '../../src-shared/words/fold.ts'
import { useMyself, useQueue } from '../queue/queue-store.ts'
import { useNow } from '../session/now.ts'
import { useSession } from '../session/session-store.ts'
import { sayCode, useSay } from '../session/words.ts'
import { Signal } from '../ui/Signal.tsx'
import { openSheet, tell, useCalls } from './call-store.ts'
import classes from './callers.module.css'
import { foremost, isLive, run, spacedNumber, usePhone } from './phone-state.ts'

interface Target {
  readonly id: string
  readonly name: string
  readonly about: string
  readonly number: string
  readonly isReachable: boolean
  readonly state: string
}

/** Where a call may go: colleagues with their true state, officers with their agency's hours, or a number typed. */
export function TransferSheet() {
  const say = useSay()
  const sheet = useCalls((calls) => calls.sheet)
  const isOpen = sheet === 'transfer' || sheet === 'dial'
  return (
    <Modal
      opened={isOpen}
      onClose={() => openSheet(null)}
      title={say(sheet === 'dial' ? 'call.dial' : 'call.transfer')}
      size="lg"
      closeButtonProps={{ 'aria-label': say('ui.close') }}
    >
      {isOpen && <Directory isDialling={sheet === 'dial'} />}
    </Modal>
  )
}

function Directory({ isDialling }: { isDialling: boolean }) {
  const say = useSay()
  const [text, setText] = useState('')
  const line = foremost(usePhone().lines.filter(isLive))
  const targets = useTargets().filter(({ name, about, number }) =>
    fold(`${name} ${about} ${number}`).includes(fold(text.trim())),
  )
  const typed = /^[+\d][\d\s.]{2,}$/.test(text.trim()) ? text.trim() : null

  const give = (number: string, how: 'warm' | 'blind' | 'dial') => {
    openSheet(null)
    if (how === 'dial') return void tell(run({ name: 'dial', number }))
    if (!line) return
    const name = how === 'warm' ? 'startAttendedTransfer' : 'blindTransfer'
    void tell(run({ name, lineId: line.id, number }))
  }
  const buttons = (number: string, to: string) =>
    isDialling ? (
      <Button size="compact-sm" aria-label={say('call.dialTo', { to })} onClick={() => give(number, 'dial')}>
        {say('call.dialNow')}
      </Button>
    ) : (
      <Group gap={4} wrap="nowrap">
        <Button
          size="compact-sm"
          variant="light"
          aria-label={say('call.warmTo', { to })}
          onClick={() => give(number, 'warm')}
        >
          {say('call.warm')}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          aria-label={say('call.blindTo', { to })}
          onClick={() => give(number, 'blind')}
        >
          {say('call.blind')}
        </Button>
      </Group>
    )

  return (
    <>
      <TextInput
        data-autofocus
        label={say('call.whom')}
        placeholder={say('call.whomHint')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <ul className={classes.sheetList} aria-label={say('call.directory')}>
        {typed !== null && (
          <li className={classes.sheetRow}>
            <strong>{spacedNumber(typed)}</strong>
            {buttons(typed, typed)}
          </li>
        )}
        {targets.slice(0, 60).map((target) => (
          <li key={target.id} className={classes.sheetRow}>
            <div>
              <strong>{target.name}</strong> · {spacedNumber(target.number)}{' '}
              <Signal tone={target.isReachable ? 'live' : 'quiet'}>{target.state}</Signal>
              <div className={classes.dim}>{target.about}</div>
            </div>
            {buttons(target.number, target.name)}
          </li>
        ))}
      </ul>
    </>
  )
}

function useTargets(): Target[] {
  const say = useSay()
  const now = useNow(60)
  const agents = useQueue(({ snapshot }) => snapshot?.agents)
  const directory = useSession((session) => session.reference?.directory)
  const hours = useSession((session) => session.hours)
  const me = useMyself()?.id
  const colleagues = (agents ?? [])
    .filter(({ id, state }) => id !== me && state !== 'offline')
    .map(({ id, name, number, state }) => ({
      id: `agent ${id}`,
      name,
      about: say('call.colleague'),
      number,
      isReachable: state === 'ready',
      state: sayCode(say, 'agentState', state),
    }))
  const officers = (directory?.agencies ?? []).flatMap((agency: Agency) => {
    const isOpen = hours?.ofAgency(agency.id)?.isOpen(now) ?? false
    return agency.officers
      .filter(({ role }) => role !== 'head')
      .map(({ accountId, name, title, phone }) => ({
        id: `officer ${agency.id} ${accountId}`,
        name,
        about: `${title} · ${agency.name}`,
        number: phone,
        isReachable: isOpen,
        state: say(isOpen ? 'agency.openNow' : 'agency.closedNow'),
      }))
  })
  return [...colleagues, ...officers]
}
