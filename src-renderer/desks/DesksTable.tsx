import { Table } from '@mantine/core'
import { IconAlertTriangle, IconCircleFilled, IconCloudUp, IconPlugConnectedX, IconTrashX } from '@tabler/icons-react'
import type { DeskRow } from '../../src-shared/api/desks.ts'
import { shortTime } from '../deadlines/times.ts'
import { useNow } from '../session/now.ts'
import { useSay } from '../session/words.ts'
import { Signal } from '../ui/Signal.tsx'
import {
  behindWords,
  clockWords,
  deskName,
  isClockWrong,
  isUnsentLong,
  isWipeUnderWay,
  shortId,
  unsentWords,
} from './desk-words.ts'
import classes from './desks.module.css'

interface Props {
  desks: readonly DeskRow[]
  chosenId: string
  onChoose: (deskId: string) => void
}

/** One line a desk; what somebody should look at has a shape and a colour, the rest is quiet. */
export function DesksTable({ desks, chosenId, onChoose }: Props) {
  const say = useSay()
  return (
    <Table className={classes.table ?? ''} aria-label={say('admin.desks')} stickyHeader>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{say('desks.desk')}</Table.Th>
          <Table.Th>{say('desks.person')}</Table.Th>
          <Table.Th>{say('desks.seen')}</Table.Th>
          <Table.Th>{say('desks.behind')}</Table.Th>
          <Table.Th>{say('desks.unsent')}</Table.Th>
          <Table.Th>{say('desks.clock')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {desks.map((desk) => (
          <Row key={desk.deskId} desk={desk} isChosen={desk.deskId === chosenId} onChoose={onChoose} />
        ))}
      </Table.Tbody>
    </Table>
  )
}

function Row({ desk, isChosen, onChoose }: { desk: DeskRow; isChosen: boolean; onChoose: Props['onChoose'] }) {
  const say = useSay()
  const now = useNow(60)
  const at = (instant: string) => shortTime(instant, now)
  const unsent = unsentWords(desk, say, at)
  const clock = clockWords(desk.clockOffsetMs, say)
  return (
    <Table.Tr data-chosen={isChosen}>
      <Table.Td>
        <button
          type="button"
          className={classes.desk}
          aria-current={isChosen ? 'true' : undefined}
          onClick={() => onChoose(desk.deskId)}
        >
          {deskName(desk)}
        </button>
        <div className={classes.dim}>
          {desk.name === '' ? say('desks.unnamed') : shortId(desk.deskId)}
          {desk.version !== null && ` · ${say('desks.version', { version: desk.version })}`}
        </div>
      </Table.Td>
      <Table.Td>{desk.personName ?? say('desks.unknown')}</Table.Td>
      <Table.Td>
        <Link desk={desk} at={at} />
      </Table.Td>
      <Table.Td>{behindWords(desk, say)}</Table.Td>
      <Table.Td>
        {isUnsentLong(desk, now) ? (
          <Signal tone="soon" icon={<IconCloudUp size={13} aria-hidden="true" />}>
            {unsent}
          </Signal>
        ) : (
          unsent
        )}
        {desk.attention !== null && desk.attention > 0 && (
          <div className={classes.late}>{say('desks.refused', { count: desk.attention })}</div>
        )}
      </Table.Td>
      <Table.Td>
        {isClockWrong(desk.clockOffsetMs) ? (
          <Signal tone="soon" icon={<IconAlertTriangle size={13} aria-hidden="true" />}>
            {clock}
          </Signal>
        ) : (
          clock
        )}
      </Table.Td>
    </Table.Tr>
  )
}

function Link({ desk, at }: { desk: DeskRow; at: (instant: string) => string }) {
  const say = useSay()
  if (isWipeUnderWay(desk)) {
    return (
      <Signal tone="late" icon={<IconTrashX size={13} aria-hidden="true" />}>
        {say('desks.wiping')}
      </Signal>
    )
  }
  if (desk.isConnected) {
    return (
      <>
        <Signal tone="live" icon={<IconCircleFilled size={9} aria-hidden="true" />}>
          {say('desks.connected')}
        </Signal>
        <div className={classes.dim}>{say('desks.metAt', { at: at(desk.seenAt) })}</div>
      </>
    )
  }
  const wipedAt = desk.wipe?.doneAt ?? null
  return (
    <Signal tone="quiet" icon={<IconPlugConnectedX size={13} aria-hidden="true" />}>
      {wipedAt === null ? say('desks.seenAt', { at: at(desk.seenAt) }) : say('desks.wiped', { at: at(wipedAt) })}
    </Signal>
  )
}
