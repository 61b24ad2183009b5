import type { DeskRow } from '../../../src-shared/api/desks.ts'
import { toIso } from '../../../src-shared/deadlines/instants.ts'
import { serverDesk } from '../cases/register.ts'
import type { StoredDesk, StoredWipe } from '../store/desks.ts'
import type { Reading } from '../store/store.ts'
import { restoredGap } from './claiming.ts'
import { codeAccount } from './code-account.ts'
import { holdingOf } from './holding.ts'

const breathe = () => new Promise<void>((resolve) => setImmediate(resolve))

/** S26: every desk as the server knows it from its last meeting, the one seen last first. */
export async function deskList(
  read: Reading,
  isConnected: (deskId: string) => boolean,
): Promise<{ desks: DeskRow[]; lastSeq: number }> {
  const [stored, names, wipes, lastSeq] = await Promise.all([
    read.desks.desks(),
    read.people.lastAtDesks(),
    read.desks.latestWipes(),
    read.register.lastSeq(),
  ])
  const nameAt = new Map(names.map(({ deskId, name }) => [deskId, name]))
  const wipeAt = new Map(wipes.map((wipe) => [wipe.deskId, wipe]))
  const desks: DeskRow[] = []
  for (const desk of stored) {
    const { deskId } = desk
    if (deskId === serverDesk || deskId === restoredGap) continue
    const { holds } = await holdingOf(deskId, read)
    desks.push({
      ...rowOf(desk, lastSeq),
      isConnected: isConnected(deskId),
      personName: nameAt.get(deskId) ?? null,
      holds,
      codes: codeAccount(await read.desks.blockUses(deskId)),
      wipe: wipeRow(wipeAt.get(deskId)),
    })
    // Years of codes are counted; on an embedded register nobody else has a turn meanwhile.
    await breathe()
  }
  desks.sort((a, b) => Date.parse(b.seenAt) - Date.parse(a.seenAt))
  return { desks, lastSeq }
}

const rowOf = (desk: StoredDesk, lastSeq: number) => ({
  deskId: desk.deskId,
  name: desk.name,
  version: desk.version,
  seenAt: toIso(desk.seenAt),
  cursor: desk.cursor,
  // A desk that knows a register of before its restore may be ahead of this one.
  behind: desk.cursor === null ? null : Math.max(0, lastSeq - desk.cursor),
  waiting: desk.waiting,
  attention: desk.attention,
  waitingSinceAt: desk.waitingSinceAt === null ? null : toIso(desk.waitingSinceAt),
  clockOffsetMs: desk.clockOffsetMs,
})

const wipeRow = (wipe: StoredWipe | undefined): DeskRow['wipe'] =>
  wipe === undefined
    ? null
    : {
        orderId: wipe.orderId,
        reason: wipe.reason,
        orderedAt: toIso(wipe.orderedAt),
        orderedBy: wipe.orderedBy,
        doneAt: wipe.doneAt === null ? null : toIso(wipe.doneAt),
        lostCommands: wipe.lostCommands,
        lostRecordings: wipe.lostRecordings,
      }
