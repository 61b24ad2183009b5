import { Button, Group, Modal, Textarea, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { DeskRow } from '../../src-shared/api/desks.ts'
import { RemoteFailure } from '../bridge.ts'
import { bridge, desk as connected } from '../session/desk.ts'
import { grouped } from '../session/spans.ts'
import { failureWords, useSay } from '../session/words.ts'
import { Notice } from '../ui/Notice.tsx'
import { deskName } from './desk-words.ts'
import classes from './desks.module.css'

interface Props {
  desk: DeskRow
  onClose: () => void
  onOrdered: () => Promise<void>
}

const shortestReason = 3

/** S39: an order that cannot be taken back wants a reason, and the desk's name typed by hand. */
export function WipeDialog({ desk, onClose, onOrdered }: Props) {
  const say = useSay()
  const name = deskName(desk)
  // The same order where an answer was lost: given twice, it is one.
  const [orderId] = useState(() => connected().newId())
  const [reason, setReason] = useState('')
  const [typed, setTyped] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [isOrdering, setOrdering] = useState(false)
  const isConfirmed = typed.trim().normalize('NFC') === name && reason.trim().length >= shortestReason

  const order = async (event: FormEvent) => {
    event.preventDefault()
    if (!isConfirmed) return
    setOrdering(true)
    try {
      await bridge().call('desks.wipe', { deskId: desk.deskId, orderId, reason })
      onClose()
      await onOrdered()
    } catch (failure) {
      if (!(failure instanceof RemoteFailure)) throw failure
      setProblem(`${failureWords(say, failure)} ${say('problem.kept')}`)
      setOrdering(false)
    }
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={say('desks.wipeTitle', { name })}
      closeButtonProps={{ 'aria-label': say('ui.close') }}
    >
      <form className={classes.wipe} aria-label={say('desks.wipeTitle', { name })} onSubmit={(e) => void order(e)}>
        <p>{say('desks.wipeMeans')}</p>
        {desk.waiting !== null && desk.waiting > 0 && (
          <Notice tone="late">{say('desks.wipeUnsent', { count: grouped(desk.waiting) })}</Notice>
        )}
        <Textarea
          data-autofocus
          label={say('desks.wipeReason')}
          minRows={2}
          maxLength={300}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <TextInput
          label={say('desks.wipeConfirm', { name })}
          autoComplete="off"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        {problem !== null && <Notice tone="late">{problem}</Notice>}
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            {say('ui.cancel')}
          </Button>
          <Button
            type="submit"
            className={classes.danger ?? ''}
            loading={isOrdering}
            {...(isConfirmed ? {} : { 'data-disabled': true })}
            aria-disabled={!isConfirmed}
          >
            {say('desks.wipeNow')}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
