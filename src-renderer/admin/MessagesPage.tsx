import { Table } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { BridgeOutput } from '../../src-shared/bridge.ts'
import { RemoteFailure } from '../bridge.ts'
import { shortTime } from '../deadlines/times.ts'
import { bridge } from '../session/desk.ts'
import { useNow } from '../session/now.ts'
import { failureWords, sayCode, useSay } from '../session/words.ts'
import { Empty } from '../ui/Empty.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Signal, type Tone } from '../ui/Signal.tsx'
import classes from './admin.module.css'

type Messages = BridgeOutput<'messages.list'>

const tones: Record<Messages['messages'][number]['state'], Tone> = {
  waiting: 'calm',
  sent: 'quiet',
  failed: 'late',
  replaced: 'quiet',
}

/** What the register sent to people outside: to whom, when, what exactly, and what became of it. */
export function MessagesPage() {
  const say = useSay()
  const now = useNow(60)
  const [list, setList] = useState<Messages | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  useEffect(() => {
    let isOld = false
    const read = async () => {
      try {
        const next = await bridge().call('messages.list', {})
        if (isOld) return
        setList(next)
        setProblem(null)
      } catch (failure) {
        if (!(failure instanceof RemoteFailure)) throw failure
        if (!isOld) setProblem(failureWords(say, failure))
      }
    }
    void read()
    const stop = bridge().on('messages.changed', () => void read())
    return () => {
      isOld = true
      stop()
    }
  }, [say])
  return (
    <>
      {problem !== null && <Notice tone="soon">{problem}</Notice>}
      {list?.isStale && <Notice tone="soon">{say('messages.stale', { at: shortTime(list.now, now) })}</Notice>}
      {list === null && problem === null && <Empty>{say('case.reading')}</Empty>}
      {list?.messages.length === 0 && <Empty>{say('messages.none')}</Empty>}
      {list && list.messages.length > 0 && (
        <Table className={classes.table ?? ''} aria-label={say('admin.messages')} stickyHeader>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{say('messages.at')}</Table.Th>
              <Table.Th>{say('messages.to')}</Table.Th>
              <Table.Th>{say('messages.text')}</Table.Th>
              <Table.Th>{say('messages.state')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {list.messages.map((message) => (
              <Table.Tr key={message.id}>
                <Table.Td>{shortTime(message.sentAt ?? message.createdAt, now)}</Table.Td>
                <Table.Td>
                  {message.toName}
                  <div className={classes.dim}>
                    {message.channel.toUpperCase()} {message.to}
                  </div>
                </Table.Td>
                <Table.Td>
                  {message.text ?? say('messages.later')}
                  <div className={classes.dim}>{message.code ?? ''}</div>
                </Table.Td>
                <Table.Td>
                  <Signal tone={tones[message.state]}>{sayCode(say, 'messageState', message.state)}</Signal>
                  {message.state === 'waiting' && (
                    <div className={classes.dim}>
                      {say('messages.notBefore', { at: shortTime(message.notBeforeAt, now) })}
                    </div>
                  )}
                  {message.problem !== null && <div className={classes.dim}>{message.problem}</div>}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </>
  )
}
