import { useState } from 'react'
import { useShortcut } from '../keyboard/keys.ts'

/** Which line of a list on the board the keys mean; the first while none was chosen. */
export function useChosen<T>(items: readonly T[], keyOf: (item: T) => string) {
  const [chosen, choose] = useState<string | null>(null)
  const at = Math.max(
    0,
    items.findIndex((item) => keyOf(item) === chosen),
  )
  const go = (index: number) => {
    const item = items[Math.max(0, Math.min(index, items.length - 1))]
    if (item) choose(keyOf(item))
  }
  useShortcut('board.next', () => go(at + 1))
  useShortcut('board.previous', () => go(at - 1))
  return { current: items[at], choose }
}
