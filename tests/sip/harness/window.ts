import type { PhoneEngine } from '../../../src-renderer/phone/engine.ts'

/** A recording as it arrived, with the slices spelled in base64 so that the test may carry them out of the page. */
export type KeptRecording = {
  recordingId: string
  callId: string
  number: string
  slices: { index: number; base64: string }[]
  marks: { kind: string; reason: string }[]
  durationMs: number | null
}

export type Harness = {
  phone: PhoneEngine
  recordings: KeptRecording[]
  sockets: WebSocket[]
  /** Makes every later slice fail, as a full disk does; null heals. */
  breakSink(message: string | null): void
  /** Peak of what is heard on the newest connection over `ms`, in dBFS. */
  heardDb(ms: number): Promise<number>
  /** Lets the peer behave like a foreign telephone: every later SIP message is rewritten before it leaves. */
  rewriteSent(pattern: string, replacement: string): void
  /** Every SIP message that came in, oldest first. */
  received: string[]
  livePeer(): RTCPeerConnection
  packets(): Promise<{ received: number; sent: number }>
}

declare global {
  interface Window {
    harness: Harness
  }
}
