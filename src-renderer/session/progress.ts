import type { DeskState } from '../../src-shared/bridge.ts'
import { grouped } from './spans.ts'
import type { Say } from './words.ts'

type Progress = NonNullable<DeskState['progress']>

/** Long work with its number: the first sync, a long catching up, the search index behind them. */
export function progressWords(progress: Progress, say: Say): string {
  if (progress.kind === 'indexing') return say('progress.indexing', { left: grouped(progress.left) })
  return say(`progress.${progress.kind}`, { done: grouped(progress.done), total: grouped(progress.total) })
}

/** What a list of cases has to say of itself while the register is still coming. */
export function listWords(progress: DeskState['progress'], say: Say): string | null {
  if (progress === null || progress.kind === 'indexing') return null
  return say('progress.listPartial', { progress: progressWords(progress, say) })
}

/** S34: a search says while it is not complete. */
export function searchWords(progress: DeskState['progress'], say: Say): string | null {
  return progress === null ? null : say('progress.searchPartial', { progress: progressWords(progress, say) })
}
