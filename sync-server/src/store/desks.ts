import type { CodeBlock } from '../../../src-shared/cases/code-blocks.ts'
import type { DeskId } from '../../../src-shared/ids.ts'

/** What a desk told at a meeting (S26). */
export interface DeskTold {
  readonly deskId: DeskId
  readonly version: string
  readonly protocol: number
  readonly cursor: number
  readonly waiting: number
  readonly attention: number
  readonly waitingSinceAt: number | null
  readonly clockOffsetMs: number
  readonly told: number
}
/** A desk as it is written down; what it tells is null until it has met. */
export interface StoredDesk {
  readonly deskId: DeskId
  readonly name: string
  readonly seenAt: number
  readonly version: string | null
  readonly protocol: number | null
  readonly cursor: number | null
  readonly waiting: number | null
  readonly attention: number | null
  readonly waitingSinceAt: number | null
  readonly clockOffsetMs: number | null
  readonly told: number | null
}
/** An order to destroy everything on a desk (S39); open until the desk has said that it is done. */
export interface StoredWipe {
  readonly orderId: string
  readonly deskId: DeskId
  readonly reason: string
  readonly orderedAt: number
  readonly orderedBy: string
  readonly doneAt: number | null
  readonly lostCommands: number | null
  readonly lostRecordings: number | null
}
/** A block with what became of its numbers. */
export interface BlockUse extends CodeBlock {
  readonly inCases: number
  /** The first that nobody was told: as the desk said, or after the last that stands in a case. */
  readonly next: number
  readonly voidFrom: number | null
}

export interface DesksReading {
  desk(deskId: string): Promise<StoredDesk | null>
  /** All of them, by id. */
  desks(): Promise<StoredDesk[]>
  openWipe(deskId: string): Promise<StoredWipe | null>
  wipe(orderId: string): Promise<StoredWipe | null>
  /** The newest of each desk that was ever ordered to be wiped. */
  latestWipes(): Promise<StoredWipe[]>
  /** Of one desk, by year and number. */
  blockUses(deskId: string): Promise<BlockUse[]>
  /** Blocks that share a number with the range, in their order, void or not. */
  blocksWithin(range: { year: number; from: number; to: number }): Promise<BlockRange[]>
}
export interface BlockRange extends CodeBlock {
  readonly voidFrom: number | null
}
export interface DesksWriting extends DesksReading {
  /** Notes that it was there, and makes it known where it was not. */
  see(deskId: DeskId, at: number): Promise<void>
  putTold(told: DeskTold, at: number): Promise<void>
  setName(deskId: string, name: string): Promise<void>
  /** @throws Error for a second open order of one desk. */
  addWipe(wipe: StoredWipe): Promise<void>
  /** Once; what was said first stays. */
  setWiped(orderId: string, done: { at: number; lostCommands: number; lostRecordings: number }): Promise<void>
  /** How far a block of this desk is used; it never goes back. */
  setNext(deskId: string, block: { year: number; from: number; to: number; next: number }): Promise<void>
  setVoid(block: { year: number; from: number }, voidFrom: number): Promise<void>
  removeBlock(block: { year: number; from: number }): Promise<void>
}
