import type { Phone } from './phone.ts'
import type { RecordingSink } from './recording-sink.ts'

export type EngineParts = {
  /** Null where nothing is recorded: the citizen's page. */
  sink: RecordingSink | null
  /** Milliseconds since the epoch. */
  clock: { now(): number }
  newId(): string
  /** 0 ≤ x < 1, for the jitter of the back-off. */
  chance(): number
}

/** `close` hangs up, unregisters and lets go of every device. */
export type PhoneEngine = Phone & { close(): Promise<void> }

export type CreatePhoneEngine = (parts: EngineParts) => PhoneEngine
