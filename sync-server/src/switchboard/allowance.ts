import type { LineClock } from './line-clock.ts'

/**
 * How many messages one WebSocket may send: a bucket that fills at a rate. Reading a message costs milliseconds, so
 * that one careless or unkind browser could otherwise take the line from all.
 */
export function allowanceOf(
  clock: LineClock,
  { messagesPerSecond, messageBurst }: { messagesPerSecond: number; messageBurst: number },
): () => boolean {
  let left = messageBurst
  let filledAt = clock.now()
  return () => {
    const now = clock.now()
    left = Math.min(messageBurst, left + ((now - filledAt) / 1000) * messagesPerSecond)
    filledAt = now
    if (left < 1) return false
    left -= 1
    return true
  }
}
