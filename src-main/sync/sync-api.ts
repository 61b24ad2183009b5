import type { Hello } from '../../src-shared/api/session.ts'
import type { SnapshotManifest } from '../../src-shared/api/snapshot.ts'
import type {
  CodeClaim,
  CodeClaimAnswer,
  LeasedBlock,
  Meet,
  Met,
  Poke,
  PullEnd,
  PushAnswer,
  Reference,
  Wiped,
} from '../../src-shared/api/sync.ts'
import type { Command } from '../../src-shared/cases/commands.ts'
import type { RegisteredEvent } from '../../src-shared/cases/events.ts'

/**
 * All that the sync engine asks of a server, one method a verb (PROTOCOL.md). Over HTTP it is `openServerApi`; a simulation gives
 * its own, with a network that drops, repeats, delays and cuts.
 * @throws Unreachable when no answer came, ServerSaidNo when the answer was no; nothing else.
 */
export interface SyncApi {
  hello(deskId: string): Promise<Hello>
  meet(meet: Meet): Promise<Met>
  push(body: { protocol: number; deskId: string; commands: readonly Command[] }): Promise<PushAnswer>
  /** Hands over whole events in their order, some at a time, as they come; null when the stream was cut before its end line (S9). */
  pull(
    cursor: number,
    limit: number,
    onEvents: (events: readonly RegisteredEvent[]) => void | Promise<void>,
  ): Promise<PullEnd | null>
  reference(): Promise<Reference>
  leaseCodes(lease: { deskId: string; year: number; count: number }): Promise<LeasedBlock>
  claimCodes(claim: CodeClaim): Promise<CodeClaimAnswer>
  /** Null where the server has none yet (S35). */
  snapshot(): Promise<SnapshotManifest | null>
  /** The compressed bytes of one part from an offset on, as they come; resolves false when they were cut (S36). */
  snapshotPart(id: string, part: number, from: number, onBytes: (bytes: Uint8Array) => void): Promise<boolean>
  /** Keys unwrapped by the server, hex by name as JSON (S33). */
  recover(deskId: string, wrapped: string): Promise<string>
  wiped(wiped: Wiped): Promise<void>
  /** The socket on which the server only says that there is something; `close` is called once, whoever ends it. */
  listen(on: { poke(poke: Poke): void; close(why: string): void }): { close(): void }
}

/** Runs something later; the answer cancels it. Timers are an argument, so that a simulation holds the time. */
export type After = (milliseconds: number, work: () => void) => () => void
