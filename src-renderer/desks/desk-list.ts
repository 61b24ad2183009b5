import { useCallback, useEffect, useState } from 'react'
import type { DeskRow } from '../../src-shared/api/desks.ts'
import { RemoteFailure } from '../bridge.ts'
import { bridge } from '../session/desk.ts'
import { instantNow } from '../session/now.ts'
import { useSession } from '../session/session-store.ts'

export interface DeskList {
  readonly desks: readonly DeskRow[] | null
  /** When they were read last. */
  readonly readAt: string | null
  readonly failure: RemoteFailure | null
  reread(): Promise<void>
}

const everyMs = 20_000

/** The desks as the server knows them, read anew now and then while they are looked at, and when the link is back. */
export function useDesks(): DeskList {
  const isConnected = useSession((session) => session.state?.link.kind === 'connected')
  const [read, setRead] = useState<Omit<DeskList, 'reread'>>({ desks: null, readAt: null, failure: null })
  const reread = useCallback(async () => {
    try {
      const { desks } = await bridge().call('desks.list', {})
      setRead({ desks, readAt: instantNow(), failure: null })
    } catch (failure) {
      if (!(failure instanceof RemoteFailure)) throw failure
      setRead((before) => ({ ...before, failure }))
    }
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the link coming and going is what it reads for.
  useEffect(() => {
    void reread()
    const timer = setInterval(() => void reread(), everyMs)
    return () => clearInterval(timer)
  }, [reread, isConnected])
  return { ...read, reread }
}
