import { z } from 'zod'
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
    await call('recordings.append', { recordingId, index, base64: toBase64(bytes) })
  },
  mark: async (gap) => {
    await call('recordings.mark', gap)
  },
  finish: async (end) => {
    await call('recordings.finish', { ...end, durationMs: Math.round(end.durationMs) })
  },
})

// The bridge carries JSON. A slice of a second is about 5 kB, so spelling it character by character costs nothing.
const toBase64 = (bytes: Uint8Array): string => {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary)
}
