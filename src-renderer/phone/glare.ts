/**
 * Both ends may ask to change the call in the same moment: after the exchange was restarted they all do. RFC 3261 14.1:
 * the end that owns the Call-ID waits 2.1 to 4 seconds before it asks again, the other up to 2, so that they part.
 *
 * @param ask resolves with the SIP code of the answer; rejects when the question could not be asked
 * @param chance 0 ≤ chance() < 1
 * @returns the code, or 491 when they still collided after three attempts
 */
export const askUntilParted = async (
  ask: () => Promise<number>,
  parts: { isOwner: boolean; isOver(): boolean; chance(): number },
): Promise<number> => {
  for (let attempt = 1; ; attempt += 1) {
    const code = await ask().catch(() => 491)
    if (code !== 491 || attempt === 3 || parts.isOver()) return code
    const pauseMs = parts.isOwner ? 2_100 + 1_900 * parts.chance() : 2_000 * parts.chance()
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
    if (parts.isOver()) return code
  }
}
