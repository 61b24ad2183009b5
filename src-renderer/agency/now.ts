import { useSyncExternalStore } from 'react'
import { registerNow } from './slips.ts'

const everyMs = 5_000
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | null = null

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => {
    for (const each of listeners) each()
  }, everyMs)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0 || timer === null) return
    clearInterval(timer)
    timer = null
  }
}

/** The register's time, renewed every five seconds, for deadlines that count down. */
export const useNow = (): number => useSyncExternalStore(subscribe, () => Math.floor(registerNow() / everyMs) * everyMs)
