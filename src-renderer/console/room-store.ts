import { create } from 'zustand'
import type { Role } from '../../src-shared/people/roles.ts'
import { enterPlace } from '../keyboard/keys.ts'
import type { Place, ShortcutId } from '../keyboard/shortcuts.ts'

export const rooms = ['duty', 'cases', 'knowledge', 'board', 'office', 'reports', 'admin', 'outbox'] as const
export type Room = (typeof rooms)[number]

const working: readonly Room[] = ['duty', 'cases', 'knowledge', 'admin', 'outbox']

/** Who has which room. Acting on a case is asked of the capability table of commands, not of this. */
export const roomsOf: Readonly<Record<Role, readonly Room[]>> = {
  agent: working,
  supervisor: ['duty', 'cases', 'knowledge', 'board', 'office', 'reports', 'admin', 'outbox'],
  'focal-officer': ['cases', 'knowledge', 'outbox'],
  head: ['cases', 'knowledge', 'outbox'],
  office: ['cases', 'knowledge', 'board', 'office', 'reports', 'admin', 'outbox'],
  'home-affairs': ['cases', 'office', 'reports', 'outbox'],
  admin: ['reports', 'admin', 'outbox'],
}

export const roomShortcut: Readonly<Record<Room, ShortcutId>> = {
  duty: 'room.duty',
  cases: 'room.cases',
  knowledge: 'room.knowledge',
  board: 'room.board',
  office: 'room.office',
  reports: 'room.reports',
  admin: 'room.admin',
  outbox: 'outbox.open',
}

interface Rooms {
  readonly room: Room
  /** The case the Hồ sơ room shows. */
  readonly caseId: string | null
  /** Somebody asked for that case by name: its heading takes the focus once it is read. */
  readonly isCaseAwaited: boolean
  readonly isFinding: boolean
  readonly isShowingKeys: boolean
  readonly isShowingCards: boolean
}

export const useRooms = create<Rooms>(() => ({
  room: 'duty',
  caseId: null,
  isCaseAwaited: false,
  isFinding: false,
  isShowingKeys: false,
  isShowingCards: false,
}))

const places: Partial<Record<Room, Place>> = {
  cases: 'cases',
  office: 'cases',
  knowledge: 'knowledge',
  board: 'board',
  reports: 'reports',
  outbox: 'outbox',
}

export function showRoom(room: Room): void {
  enterPlace(room === 'duty' ? 'duty' : (places[room] ?? 'everywhere'))
  useRooms.setState({ room })
}

export function showCase(caseId: string): void {
  useRooms.setState({ caseId, isCaseAwaited: true })
  showRoom('cases')
}
