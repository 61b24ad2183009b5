import type { CaseState } from '../cases/case.ts'
import { hasOpenConsult, isSensible } from '../cases/command-stages.ts'
import { isFinal } from '../cases/lifecycle.ts'

/**
 * The lists that somebody watches over (S2 k.1, k.2): each is found by one word in the desk's search index, put there with
 * the case's own words. The words are such as nobody types, so that no search for a name meets them.
 */
export const watchMarks = {
  /** #33: an opinion was asked and has not come. */
  opinions: 'qzxykien',
  /** #30: a pause waits to be confirmed; until then the clock runs. */
  pauses: 'qzxxacnhan',
  /** #37: late, and nobody has said why. */
  causes: 'qzxnguyennhan',
  /** #36: an agency sent the slip back, or asks to. */
  bounced: 'qzxtralai',
} as const
export type WatchMark = keyof typeof watchMarks

/** D13: the slips that one agency holds; for an agency that is no more there should be none. */
export const holderMark = (agencyId: string): string => `qzxgiu${agencyId.replaceAll('-', '')}`

const tests: Record<WatchMark, (state: CaseState) => boolean> = {
  opinions: (state) => hasOpenConsult(state) && isSensible('consult.remind', state),
  pauses: (state) => state.pendingPause !== null && isSensible('pause.refuse', state),
  causes: (state) => state.lateCause === null && isSensible('lateness.explain', state),
  bounced: (state) => (state.counts.bounces > 0 || state.pendingReturn !== null) && !isFinal(state.stage),
}

/** The words by which a case is found in those lists, as its state stands. */
export function watchMarksOf(state: CaseState): string[] {
  const marks = (Object.keys(watchMarks) as WatchMark[]).filter((mark) => tests[mark](state))
  const holds = state.slip !== null && isSensible('slip.transfer', state)
  return [...marks.map((mark) => watchMarks[mark]), ...(holds ? [holderMark(state.slip!.agencyId)] : [])]
}
