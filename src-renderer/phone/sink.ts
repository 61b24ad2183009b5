import { z } from 'zod'
import { RemoteFailure } from '../bridge.ts'
import type { RecordingSink } from './recording-sink.ts'

const begunSchema = z.object({ recordingId: z.string() })

type RecordingCall = 'recordings.begin' | 'recordings.append' | 'recordings.mark' | 'recordings.finish'

/**
 * The desk's vault behind the bridge. `call` rejects with the desk's words when the desk refuses or has gone; its input
 * is checked against the bridge's contract at the other end.
 */
// biome-ignore lint/suspicious/noExplicitAny: a bridge that types each call by its name fits only so.
export const bridgeSink = (call: (name: RecordingCall, input: any) => Promise<unknown>): RecordingSink => ({
  begin: async (about) => begunSchema.parse(await call('recordings.begin', about)),
  append: async ({ recordingId, index, bytes }) => {
    const base64 = toBase64(bytes)
    await untilAnswered(() => call('recordings.append', { recordingId, index, base64 }))
  },
  mark: async (gap) => {
    await call('recordings.mark', gap)
  },
  finish: async (end) => {
    const durationMs = Math.round(end.durationMs)
    await untilAnswered(() => call('recordings.finish', { ...end, durationMs }))
  },
})

/**
 * A desk that died in a call is started again within the second. The vault takes a repeated slice or end for the same
 * one, so what the old desk left unanswered is asked of the next, which takes the recording up again.
 */
const untilAnswered = async (ask: () => Promise<unknown>): Promise<void> => {
  for (;;) {
    try {
      await ask()
      return
    } catch (error) {
      if (!(error instanceof RemoteFailure && error.code === 'desk-gone')) throw error
    }
  }
}

// The bridge carries JSON. A slice of a second is about 5 kB, so spelling it character by character costs nothing.
const toBase64 = (bytes: Uint8Array): string => {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary)
}
