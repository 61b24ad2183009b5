import { Table } from '@mantine/core'
import { showCase } from '../console/room-store.ts'
import { shortTime } from '../deadlines/times.ts'
import { useNow } from '../session/now.ts'
import { useSay } from '../session/words.ts'
import classes from './outbox.module.css'
import type { Outbox } from './outbox.ts'

/** What the register said otherwise than this desk had shown: the agent may have told a citizen the other time (S31). */
export function Differences({ rows }: { rows: Outbox['differences'] }) {
  const say = useSay()
  const now = useNow(60)
  return (
    <Table className={classes.table ?? ''} aria-label={say('outbox.differences')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th w="8rem">{say('outbox.column.at')}</Table.Th>
          <Table.Th w="10rem">{say('outbox.column.case')}</Table.Th>
          <Table.Th>{say('outbox.column.difference')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          <Table.Tr key={`${row.caseId} ${row.at} ${row.text}`}>
            <Table.Td>{shortTime(row.at, now)}</Table.Td>
            <Table.Td>
              <button type="button" className={classes.code} onClick={() => showCase(row.caseId)}>
                {row.code}
              </button>
            </Table.Td>
            <Table.Td>{row.text}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
