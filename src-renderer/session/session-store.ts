import { create } from 'zustand'
import type { LineSettings } from '../../src-shared/api/session.ts'
import type { Reference } from '../../src-shared/api/sync.ts'
import type { DeskState } from '../../src-shared/bridge.ts'
import { type Policy, parsePolicy } from '../../src-shared/deadlines/policy.ts'
import { type OfficeHours, openOfficeHours } from '../../src-shared/province/hours.ts'
import type { Language } from '../../src-shared/words/words.ts'
import type { RemoteFailure } from '../bridge.ts'
import { bridge, desk } from './desk.ts'

interface Session {
  /** Null until the desk has first answered. */
  readonly state: DeskState | null
  /** False while the desk process itself does not answer; what is typed stays in the window. */
  readonly isDeskUp: boolean
  readonly reference: Reference | null
  readonly hours: OfficeHours | null
  readonly policy: Policy | null
  readonly line: LineSettings | null
  readonly language: Language
  /** The last failure that no field and no dialog could show. */
  readonly failure: RemoteFailure | null
}

export const useSession = create<Session>(() => ({
  state: null,
  isDeskUp: false,
  reference: null,
  hours: null,
  policy: null,
  line: null,
  language: 'vi',
  failure: null,
}))

const languageKey = 'ban-truc.language'

/** Reads what the desk knows and follows its announcements. */
export async function startSession(): Promise<void> {
  const kept = localStorage.getItem(languageKey)
  if (kept === 'vi' || kept === 'en') speak(kept)
  bridge().on('desk.state', (state) => {
    announced += 1
    showDesk(state)
  })
  bridge().on('reference.changed', () => void readReference())
  followPhone()
  await rereadDesk()
}

let announced = 0

export async function rereadDesk(): Promise<void> {
  const before = announced
  const state = await bridge().call('desk.state', {})
  // What was announced while the answer was under way is newer than the answer.
  if (announced === before) showDesk(state)
}

export function showFailure(failure: RemoteFailure | null): void {
  useSession.setState({ failure })
}

export function markDesk(isDeskUp: boolean): void {
  useSession.setState({ isDeskUp })
}

export function speak(language: Language): void {
  localStorage.setItem(languageKey, language)
  document.documentElement.lang = language
  useSession.setState({ language })
}

/** @returns whether the desk let the person in without asking the server. */
export async function signIn(username: string, password: string): Promise<{ isOffline: boolean }> {
  const { isOffline } = await bridge().call('session.signIn', { username, password })
  await rereadDesk()
  return { isOffline }
}

export async function signOut(): Promise<void> {
  useSession.setState({ line: null })
  await desk().phone.run({ name: 'unregister' })
  await bridge().call('session.signOut', {})
  await rereadDesk()
}

function showDesk(state: DeskState): void {
  const before = useSession.getState().state
  useSession.setState({ state, isDeskUp: true })
  const cameIn = state.account !== null && before?.account?.id !== state.account.id
  const cameBack = state.link.kind === 'connected' && before?.link.kind !== 'connected'
  if (state.account !== null && (cameIn || useSession.getState().reference === null)) void readReference()
  if (state.account !== null && (cameIn || cameBack)) void registerLine()
}

async function readReference(): Promise<void> {
  const { reference } = await bridge().call('reference.get', {})
  if (reference === null) return
  const policy = parsePolicy(reference.policy)
  if (!policy.ok) throw new Error(policy.problems.map(({ path, message }) => `policy.${path}: ${message}`).join('; '))
  const hours = openOfficeHours(reference.calendars, reference.directory)
  useSession.setState({ reference, hours, policy: policy.policy })
}

/** The line is given by the server; a desk that starts without a link registers when it has been reached. */
async function registerLine(): Promise<void> {
  const { line } = await bridge().call('session.line', {})
  const known = useSession.getState().line
  if (line === null || JSON.stringify(line) === JSON.stringify(known)) return
  useSession.setState({ line })
  await register(line)
}

let isRegistering = false
async function register({ queueNumber: _queue, iceServers, ...settings }: LineSettings): Promise<void> {
  if (isRegistering) return
  isRegistering = true
  try {
    await desk().phone.run({
      name: 'register',
      settings: {
        ...settings,
        iceServers: iceServers.map(({ urls, username, credential }) => ({
          urls,
          ...(username === undefined ? {} : { username }),
          ...(credential === undefined ? {} : { credential }),
        })),
      },
    })
  } finally {
    isRegistering = false
  }
}

/** A phone window that died comes back knowing no line: it is given the same one again. */
function followPhone(): void {
  desk().phone.subscribe(({ registration }) => {
    const { line } = useSession.getState()
    if (line !== null && registration.state === 'off') void register(line)
  })
}
