import { useSyncExternalStore } from 'react'
import { desk } from './desk.ts'
import { useSession } from './session-store.ts'

/** The register's time: this computer's clock plus the offset the desk has measured. Milliseconds since the epoch. */
export function registerNow(): number {
  return desk().clock.now() + (useSession.getState().state?.clockOffsetMs ?? 0)
}

export const instantNow = (): string => new Date(registerNow()).toISOString()

const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | null = null
let second = 0

const wholeSecond = () => Math.floor(registerNow() / 1000) * 1000

const tick = () => {
  second = wholeSecond()
  for (const listener of listeners) listener()
}

// One interval serves every clock on the screen, so that they all turn at the same moment.
function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  if (timer === null) {
    tick()
    timer = setInterval(tick, 1000)
  }
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0 || timer === null) return
    clearInterval(timer)
    timer = null
  }
}

/** The register's time, whole seconds, renewed each `everySeconds`. */
export function useNow(everySeconds = 1): number {
  const step = everySeconds * 1000
  return useSyncExternalStore(subscribe, () => {
    if (second === 0) second = wholeSecond()
    return Math.floor(second / step) * step
  })
}
