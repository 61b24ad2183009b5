import { useEffect, useState } from 'react'
import { bridge } from '../session/desk.ts'
import type { Outbox } from './outbox.ts'

/** What the desk has not sent, what was refused and what the register changed; null until it has been read. */
export function useOutbox(): Outbox | null {
  const [outbox, setOutbox] = useState<Outbox | null>(null)
  useEffect(() => {
    let isOld = false
    const read = async () => {
      const next = await bridge().call('outbox.list', {})
      if (!isOld) setOutbox(next)
    }
    void read()
    const stops = [bridge().on('outbox.changed', () => void read()), bridge().on('cases.changed', () => void read())]
    return () => {
      isOld = true
      for (const stop of stops) stop()
    }
  }, [])
  return outbox
}
