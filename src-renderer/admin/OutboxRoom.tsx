import { Button, Table } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { BridgeOutput } from '../../src-shared/bridge.ts'
import { refusalWords } from '../cases/problems.ts'
import { showCase } from '../console/room-store.ts'
import { shortTime } from '../deadlines/times.ts'
import { bridge } from '../session/desk.ts'
import { useNow } from '../session/now.ts'
import { useSession } from '../session/session-store.ts'
import { sayCode, useSay } from '../session/words.ts'
import { Empty } from '../ui/Empty.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Section } from '../ui/Section.tsx'
import classes from './admin.module.css'

type Outbox = BridgeOutput<'outbox.list'>
type Item = Outbox['items'][number]

/** What has not reached the register, and why; what it refused, with the person's words; what it changed. */
export function OutboxRoom() {
  const say = useSay()
  const outbox = useOutbox()
  const isOffline = useSession((session) => session.state?.link.kind !== 'connected')
  if (outbox === null) return <Empty>{say('case.reading')}</Empty>
  const attention = outbox.items.filter(({ state }) => state === 'attention')
  const waiting = outbox.items.filter(({ state }) => state !== 'attention')
  return (
    <div className={classes.page}>
      <h2 className={classes.title}>{say('outbox.open')}</h2>
      {attention.length > 0 && (
        <Section title={say('outbox.attention', { count: attention.length })}>
          {attention.map((item) => (
            <Refused key={item.commandId} item={item} />
          ))}
        </Section>
      )}
      <Section title={say('outbox.waiting', { count: waiting.length })}>
        {waiting.length === 0 ? (
          <Empty>{say('outbox.allSent')}</Empty>
        ) : (
          <>
            <p className={classes.dim}>{say(isOffline ? 'outbox.whyOffline' : 'outbox.whySending')}</p>
            <Waiting items={waiting} />
          </>
        )}
      </Section>
      <Section title={say('outbox.differences')}>
        {outbox.differences.length === 0 ? (
          <Empty>{say('outbox.noDifferences')}</Empty>
        ) : (
          <Differences rows={outbox.differences} />
        )}
      </Section>
    </div>
  )
}

function useOutbox(): Outbox | null {
  const [outbox, setOutbox] = useState<Outbox | null>(null)
  useEffect(() => {
    let isOld = false
    const read = async () => {
      const next = await bridge().call('outbox.list', {})
      if (!isOld) setOutbox(next)
    }
    void read()
    const stops = [bridge().on('outbox.changed', () => void read()), bridge().on('cases.changed', () => void read())]
    return () => {
      isOld = true
      for (const stop of stops) stop()
    }
  }, [])
  return outbox
}

function Refused({ item }: { item: Item }) {
  const say = useSay()
  return (
    <div className={classes.refused}>
      <div className={classes.row}>
        <strong>{sayCode(say, 'command', item.name)}</strong>
        <Button size="compact-xs" variant="subtle" onClick={() => showCase(item.caseId)}>
          {item.code ?? say('outbox.case')}
        </Button>
        <span className={classes.grow} />
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => void bridge().call('outbox.dismiss', { commandId: item.commandId })}
        >
          {say('outbox.dismiss')}
        </Button>
      </div>
      {item.refusal && <Notice tone="late">{refusalWords(item.refusal, say)}</Notice>}
      <WordsOf input={item.input} />
    </div>
  )
}

/** The person's own words, so that they can be given again without being thought up again. */
function WordsOf({ input }: { input: unknown }) {
  const say = useSay()
  const words =
    typeof input === 'object' && input !== null ? Object.values(input).filter((v) => typeof v === 'string') : []
  const long = words.filter((text) => text.length > 3)
  if (long.length === 0) return null
  return (
    <blockquote className={classes.words} aria-label={say('outbox.words')}>
      {long.join('\n')}
    </blockquote>
  )
}

function Waiting({ items }: { items: readonly Item[] }) {
  const say = useSay()
  const now = useNow(60)
  return (
    <Table className={classes.table ?? ''}>
      <Table.Tbody>
        {items.map((item) => (
          <Table.Tr key={item.commandId}>
            <Table.Td>{shortTime(item.madeAt, now)}</Table.Td>
            <Table.Td>{item.code ?? ''}</Table.Td>
            <Table.Td>{sayCode(say, 'command', item.name)}</Table.Td>
            <Table.Td>{say(item.state === 'sending' ? 'outbox.sending' : 'sync.waiting')}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

function Differences({ rows }: { rows: Outbox['differences'] }) {
  const now = useNow(60)
  return (
    <Table className={classes.table ?? ''}>
      <Table.Tbody>
        {rows.map((row) => (
          <Table.Tr key={`${row.caseId} ${row.at} ${row.text}`}>
            <Table.Td>{shortTime(row.at, now)}</Table.Td>
            <Table.Td>
              <Button size="compact-xs" variant="subtle" onClick={() => showCase(row.caseId)}>
                {row.code}
              </Button>
            </Table.Td>
            <Table.Td>{row.text}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
