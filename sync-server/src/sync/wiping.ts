import type { WipeOrder } from '../../../src-shared/api/desks.ts'
import type { Wiped } from '../../../src-shared/api/sync.ts'
import type { DeskId } from '../../../src-shared/ids.ts'
import { HttpFailure } from '../http/failure.ts'
import type { Reading, Writing } from '../store/store.ts'

/**
 * S39: an order stands until the desk has said that it is done; a repeat of it changes nothing.
 * @throws HttpFailure 404 for a desk nobody knows, 409 where another order is open or this id was given for another desk
 */
export async function orderWipe(
  tx: Writing,
  deskId: DeskId,
  { orderId, reason }: WipeOrder,
  orderedBy: string,
  now: number,
): Promise<void> {
  if ((await tx.desks.desk(deskId)) === null) throw new HttpFailure(404, 'desk-unknown')
  const known = await tx.desks.wipe(orderId)
  if (known?.deskId === deskId) return
  if (known !== null || (await tx.desks.openWipe(deskId)) !== null) throw new HttpFailure(409, 'wipe-ordered')
  const open = { doneAt: null, lostCommands: null, lostRecordings: null }
  await tx.desks.addWipe({ orderId, deskId, reason, orderedAt: now, orderedBy, ...open })
}

/**
 * S40: the desk has destroyed everything. Its numbers that nobody was told are void, also of blocks that it did not name; its
 * sessions end; and it may come in again, as an empty desk.
 * @returns false for a repeat
 * @throws HttpFailure 404 where no such order was given to this desk
 */
export async function settleWipe(tx: Writing, wiped: Wiped, now: number): Promise<boolean> {
  const { deskId, orderId, lostCommands, lostRecordings } = wiped
  const order = await tx.desks.wipe(orderId)
  if (order === null || order.deskId !== deskId) throw new HttpFailure(404, 'wipe-unknown')
  if (order.doneAt !== null) return false
  for (const block of wiped.blocks) await tx.desks.setNext(deskId, block)
  for (const { year, from, next, voidFrom } of await tx.desks.blockUses(deskId)) {
    if (voidFrom === null) await tx.desks.setVoid({ year, from }, next)
  }
  await tx.desks.setWiped(orderId, { at: now, lostCommands, lostRecordings })
  await tx.people.endSessionsAt(deskId, now, 'desk-wiped')
  return true
}

/** A desk with an open order is given nothing more that it would have to destroy. @throws HttpFailure 403 */
export async function refuseIfWiped(deskId: string, { desks }: Pick<Reading, 'desks'>): Promise<void> {
  if ((await desks.openWipe(deskId)) !== null) throw new HttpFailure(403, 'desk-wiped')
}
