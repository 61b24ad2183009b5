import { Table } from '@mantine/core'
import type { ReactNode } from 'react'
import { showCase } from '../console/room-store.ts'
import { shortTime } from '../deadlines/times.ts'
import { useNow } from '../session/now.ts'
import { useSession } from '../session/session-store.ts'
import { sayCode, useSay } from '../session/words.ts'
import classes from './outbox.module.css'
import { type OutboxItem, placeWords, waitingWords } from './outbox.ts'

/** In the order in which they go out, with the one reason why they have not yet. */
export function Waiting({ items }: { items: readonly OutboxItem[] }) {
  const say = useSay()
  const now = useNow(60)
  const state = useSession((session) => session.state)
  if (state === null) return null
  return (
    <>
      <p className={classes.why}>{waitingWords(state, say, (at) => shortTime(at, now))}</p>
      <Acts
        label={say('outbox.waiting', { count: items.length })}
        items={items}
        stateOf={(item, index) => placeWords(item, index, say)}
      />
    </>
  )
}

/** The server has them, and their events are not here yet. */
export function Sent({ items }: { items: readonly OutboxItem[] }) {
  const say = useSay()
  return (
    <>
      <p className={classes.dim}>{say('outbox.sentHint')}</p>
      <Acts label={say('outbox.sent', { count: items.length })} items={items} />
    </>
  )
}

interface Props {
  label: string
  items: readonly OutboxItem[]
  stateOf?: (item: OutboxItem, index: number) => ReactNode
}

function Acts({ label, items, stateOf }: Props) {
  const say = useSay()
  const now = useNow(60)
  return (
    <Table className={classes.table ?? ''} aria-label={label}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th w="8rem">{say('outbox.column.at')}</Table.Th>
          <Table.Th w="10rem">{say('outbox.column.case')}</Table.Th>
          <Table.Th>{say('outbox.column.act')}</Table.Th>
          <Table.Th>{say('outbox.column.who')}</Table.Th>
          {stateOf && <Table.Th w="12rem">{say('outbox.column.why')}</Table.Th>}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {items.map((item, index) => (
          <Table.Tr key={item.commandId}>
            <Table.Td>{shortTime(item.madeAt, now)}</Table.Td>
            <Table.Td>
              <button type="button" className={classes.code} onClick={() => showCase(item.caseId)}>
                {item.code ?? say('outbox.case')}
              </button>
            </Table.Td>
            <Table.Td>{sayCode(say, 'command', item.name)}</Table.Td>
            <Table.Td>{item.actorName}</Table.Td>
            {stateOf && <Table.Td>{stateOf(item, index)}</Table.Td>}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
