import { z } from 'zod'
import type { CaseState } from './case.ts'
import { hasOpenConsult, isSensible } from './command-stages.ts'
import { isFinal } from './lifecycle.ts'

/** What supervisors and the office watch over besides the slips themselves. */
export const watchMarks = ['opinions', 'pauses', 'causes', 'bounced', 'held', 'hearings', 'explanations'] as const
export const watchMarkSchema = z.enum(watchMarks)
export type WatchMark = z.infer<typeof watchMarkSchema>

const tests: Record<WatchMark, (state: CaseState) => boolean> = {
  /** S2 k.1 (#33): an opinion was asked and has not come. */
  opinions: (state) => hasOpenConsult(state) && isSensible('consult.remind', state),
  /** S2 k.2 (#30): a pause waits to be confirmed; until then the clock runs. */
  pauses: (state) => state.pendingPause !== null && isSensible('pause.refuse', state),
  /** #37: late, and nobody has said why; also when it is closed, for Home Affairs rates by it. */
  causes: (state) => state.lateCause === null && isSensible('lateness.explain', state),
  /** #36: an agency sent the slip back, or asks to. */
  bounced: (state) => (state.counts.bounces > 0 || state.pendingReturn !== null) && !isFinal(state.stage),
  /** D13: an agency holds the slip; where that agency is no more, none should. */
  held: (state) => state.slip !== null && isSensible('slip.transfer', state),
  /** D11: an agency has asked to hear a call. */
  hearings: (state) => state.recordingRequests.some((request) => request.state === 'asked'),
  /** S4 Đ.9 k.5 (#27): an explanation was demanded and has not come. */
  explanations: (state) => state.urgings.some((urging) => urging.kind === 'explain' && urging.repliedAt === null),
}

export const watchMarksOf = (state: CaseState): WatchMark[] => watchMarks.filter((mark) => tests[mark](state))
