import { useEffect } from 'react'
import { create } from 'zustand'
import type { BridgeOutput } from '../../src-shared/bridge.ts'
import { normalisePhone } from '../../src-shared/words/fold.ts'
import { bridge } from '../session/desk.ts'

export type Caller = BridgeOutput<'cases.byPhone'>

interface Callers {
  readonly byNumber: Readonly<Record<string, Caller>>
}

const useCallers = create<Callers>(() => ({ byNumber: {} }))

export async function readCaller(phone: string): Promise<void> {
  const caller = await bridge().call('cases.byPhone', { phone })
  useCallers.setState(({ byNumber }) => ({ byNumber: { ...byNumber, [phone]: caller } }))
}

/** Everything read of callers is old when cases changed; those on the screen are read again. */
export function followCallers(): void {
  bridge().on('cases.changed', () => {
    for (const phone of Object.keys(useCallers.getState().byNumber)) void readCaller(phone)
  })
}

/** Null while it is being read, or for a number too short to belong to a person. */
export function useCaller(number: string): Caller | null {
  const phone = normalisePhone(number)
  const caller = useCallers(({ byNumber }) => byNumber[phone])
  useEffect(() => {
    if (phone.length >= 3) void readCaller(phone)
  }, [phone])
  return caller ?? null
}
