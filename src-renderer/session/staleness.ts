import type { DeskState } from '../../src-shared/bridge.ts'
import { fromIso } from '../../src-shared/deadlines/instants.ts'
import { shortTime } from '../deadlines/times.ts'
import { useNow } from './now.ts'
import { useSession } from './session-store.ts'
import { agoWords } from './spans.ts'
import { type Say, useSay } from './words.ts'

/** Coming back takes a second or two: a line that appears for that long only startles. */
const startleMs = 60_000

/**
 * As of when confirmed facts are known, where they may have changed since; null while the desk is in step with the register.
 * `at` is null where the register has never been here.
 */
export function staleAsOf(
  state: Pick<DeskState, 'link' | 'lastSyncAt'>,
  now: number,
): { readonly at: string | null } | null {
  const { link, lastSyncAt } = state
  if (link.kind === 'connected') return null
  if (link.kind === 'connecting' && (lastSyncAt === null || now - fromIso(lastSyncAt) < startleMs)) return null
  return { at: lastSyncAt }
}

export function asOfWords({ at }: { readonly at: string | null }, now: number, say: Say): string {
  if (at === null) return say('sync.asOfNever')
  return say('sync.asOf', { at: shortTime(at, now), ago: agoWords(now - fromIso(at), say) })
}

/** “Theo sổ gốc lúc 09:41 (2 giờ trước)”, growing older by itself; null while everything is fresh. */
export function useAsOf(): string | null {
  const say = useSay()
  const now = useNow(15)
  const state = useSession((session) => session.state)
  const stale = state === null ? null : staleAsOf(state, now)
  return stale === null ? null : asOfWords(stale, now, say)
}
