import { useSyncExternalStore } from 'react'
import type { Line, PhoneCommand, PhoneReply, PhoneSnapshot } from '../phone/phone.ts'
import { phone } from '../session/desk.ts'

export function usePhone(): PhoneSnapshot {
  return useSyncExternalStore(phone().subscribe, phone().snapshot)
}

const rank: Record<Line['state'], number> = { talking: 0, dialling: 1, ringing: 2, held: 3, ended: 4 }

/** The line the keys act on: what is spoken on, then what we asked for, then what rings, then what waits. */
export function foremost(lines: readonly Line[]): Line | undefined {
  return [...lines].sort((a, b) => rank[a.state] - rank[b.state] || (a.startedAt < b.startedAt ? 1 : -1))[0]
}

/** Rings while another line is in use, or alone. */
export const ringing = (lines: readonly Line[]): Line | undefined => lines.find((line) => line.state === 'ringing')

export const isLive = (line: Line): boolean => line.state !== 'ended'

/** The id under which the register knows the call: the queue's own where there is one. */
export const callIdOf = (line: Line): string => line.queueCallId ?? line.id

export function run(command: PhoneCommand): Promise<PhoneReply> {
  return phone().run(command)
}

/** `0277 555 01 99`: groups that are read out as people say them; what is not a Vietnamese number is left alone. */
export function spacedNumber(number: string): string {
  const digits = number.replace(/\s/g, '')
  if (/^0[35789]\d{8}$/.test(digits)) return digits.replace(/^(\d{4})(\d{3})(\d{3})$/, '$1 $2 $3')
  if (/^02\d{9}$/.test(digits)) return digits.replace(/^(\d{4})(\d{3})(\d{2})(\d{2})$/, '$1 $2 $3 $4')
  return number
}
