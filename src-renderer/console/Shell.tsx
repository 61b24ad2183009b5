import { VisuallyHidden } from '@mantine/core'
import { useEffect } from 'react'
import type { Account } from '../../src-shared/people/roles.ts'
import { AdminRoom } from '../admin/AdminRoom.tsx'
import { CallBar } from '../callers/CallBar.tsx'
import { TransferSheet } from '../callers/TransferSheet.tsx'
import { WrapUpSheet } from '../callers/WrapUpSheet.tsx'
import { CasesRoom, OfficeRoom } from '../cases/CasesRoom.tsx'
import { restoreDrafts } from '../cases/draft-store.ts'
import { KeySheet } from '../keyboard/KeySheet.tsx'
import { shortcutOf } from '../keyboard/shortcuts.ts'
import { KnowledgeRoom } from '../knowledge/KnowledgeRoom.tsx'
import { OutboxRoom } from '../outbox/OutboxRoom.tsx'
import { BoardRoom } from '../queue/BoardRoom.tsx'
import { DeadlineReportPage } from '../reports/DeadlineReportPage.tsx'
import { useSay } from '../session/words.ts'
import classes from './console.module.css'
import { DutyRoom } from './DutyRoom.tsx'
import { FindPalette } from './FindPalette.tsx'
import { Notices } from './Notices.tsx'
import { type Room, roomShortcut, roomsOf, showRoom, useRooms } from './room-store.ts'
import { StatusBar } from './StatusBar.tsx'
import { TopBar } from './TopBar.tsx'

/** The one window: rooms above, the call always in the same place, the state of the desk below. */
export function Shell({ account }: { account: Account }) {
  const say = useSay()
  const open = roomsOf[account.role]
  const asked = useRooms((state) => state.room)
  const room = open.includes(asked) ? asked : open[0]!
  const accountId = account.id
  const hasDuty = open.includes('duty')
  useEffect(() => {
    if (hasDuty && accountId) void restoreDrafts()
  }, [hasDuty, accountId])
  useEffect(() => showRoom(room), [room])
  return (
    <div className={classes.shell}>
      <TopBar account={account} rooms={open} room={room} />
      {hasDuty && <CallBar />}
      <Notices />
      <main className={classes.main}>
        <VisuallyHidden component="h1">{say(shortcutOf(roomShortcut[room]).wordKey)}</VisuallyHidden>
        {/* The form stays as it is, with its focus and its undo, while another room is looked at. */}
        {hasDuty && (
          <div className={classes.room} hidden={room !== 'duty'}>
            <DutyRoom />
          </div>
        )}
        {room !== 'duty' && (
          <div className={classes.room}>
            <RoomView room={room} account={account} />
          </div>
        )}
      </main>
      <StatusBar />
      <TransferSheet />
      <WrapUpSheet />
      <FindPalette />
      <KeySheet />
    </div>
  )
}

function RoomView({ room, account }: { room: Room; account: Account }) {
  switch (room) {
    case 'cases':
      return <CasesRoom />
    case 'knowledge':
      return <KnowledgeRoom />
    case 'board':
      return <BoardRoom />
    case 'office':
      return <OfficeRoom />
    case 'reports':
      return <DeadlineReportPage />
    case 'admin':
      return <AdminRoom role={account.role} />
    case 'outbox':
      return <OutboxRoom />
    case 'duty':
      return null
  }
}
