/**
 * Where a recording goes while it is made. Each call may reject with an `Error` whose message goes to the alarm on
 * screen; a slice is gone from the phone once `append` resolves, so the sink must hold it safely by then.
 */
export type RecordingSink = {
  begin(about: {
    callId: string
    number: string
    direction: 'in' | 'out'
    startedAt: string
    mimeType: string
  }): Promise<{ recordingId: string }>
  /** Slices are numbered from 0 without a gap and come in order. */
  append(slice: { recordingId: string; index: number; bytes: Uint8Array }): Promise<void>
  mark(gap: { recordingId: string; kind: 'pause' | 'resume'; at: string; reason: string }): Promise<void>
  finish(end: { recordingId: string; durationMs: number }): Promise<void>
}
