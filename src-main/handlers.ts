import type { z } from 'zod'
import type { Announcement, AnnouncementData, BridgeCall, BridgeOutput, bridgeCalls } from '../src-shared/bridge.ts'

type Handler<C extends BridgeCall> = (
  input: z.output<(typeof bridgeCalls)[C]['input']>,
) => BridgeOutput<C> | Promise<BridgeOutput<C>>

/** The desk's side of the bridge: one function a call. Each noun brings its own; `openConsole` puts them together. */
export type Handlers = { readonly [C in BridgeCall]: Handler<C> }
export type HandlersOf<Prefix extends string> = Pick<Handlers, Extract<BridgeCall, `${Prefix}.${string}`>>

export type Announce = <A extends Announcement>(name: A, data: AnnouncementData<A>) => void

/** A failure that a window can show: the code picks the words, the message is for the log. */
export class CallFailed extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.name = 'CallFailed'
    this.code = code
  }
}
