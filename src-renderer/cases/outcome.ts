import type { BridgeOutput } from '../../src-shared/bridge.ts'

export type Outcome = BridgeOutput<'cases.command'>
export type Done = Extract<Outcome, { outcome: 'done' }>
