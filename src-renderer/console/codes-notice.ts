import type { DeskState } from '../../src-shared/bridge.ts'
import type { Say } from '../session/words.ts'
import { roomsOf } from './room-store.ts'

/** Codes are kept for those who write cases, and matter when no new ones can come. */
export const fewCodes = 20

export function codesNotice(
  { account, codesLeft, link, lastSyncAt }: Pick<DeskState, 'account' | 'codesLeft' | 'link' | 'lastSyncAt'>,
  say: Say,
): { readonly tone: 'late' | 'soon'; readonly text: string } | null {
  const writesCases = account !== null && roomsOf[account.role].includes('duty')
  // A desk that has never met the server has had no codes yet.
  if (!writesCases || lastSyncAt === null || link.kind === 'connected') return null
  if (codesLeft === 0) return { tone: 'late', text: say('notice.codesNone') }
  if (codesLeft >= fewCodes || link.kind === 'connecting') return null
  return { tone: 'soon', text: say('notice.codesLow', { count: codesLeft }) }
}
