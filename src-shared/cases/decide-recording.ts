import { fromIso } from '../deadlines/instants.ts'
import type { CaseState, RecordingRequest } from './case.ts'
import { happened, type RuleContext, type Rules, refuse } from './rule.ts'

/** What was said on the telephone: kept with the case, heard by few, and every hearing written down (S4 Đ.11 k.1, #40). */
export const recordingRules: Rules<
  'recording.attach' | 'recording.listen' | 'recording.request' | 'recording.grant' | 'recording.deny'
> = {
  'recording.attach'(state, input, context) {
    if (state.recordings.includes(input.recordingId) || context.isRecordingKnown?.(input.recordingId)) {
      return refuse('recording-known', { recordingId: input.recordingId })
    }
    return happened({ name: 'recording.attached', data: input })
  },

  'recording.listen'(state, input, context) {
    if (!state.recordings.includes(input.recordingId)) {
      return refuse('recording-unknown', { recordingId: input.recordingId })
    }
    const agencyId = agencyOf(context)
    if (agencyId !== null && !mayHear(state, input.recordingId, agencyId, context.now)) {
      return refuse('recording-not-granted')
    }
    return happened({ name: 'recording.listened', data: input })
  },

  // S4 Đ.11 k.1 ¶2: "đơn vị có liên quan có thể yêu cầu … cung cấp file ghi âm".
  'recording.request'(state, input, context) {
    if (!state.recordings.includes(input.recordingId)) {
      return refuse('recording-unknown', { recordingId: input.recordingId })
    }
    if (input.reason === '') return refuse('request-needs-reason')
    const agencyId = agencyOf(context)
    if (agencyId === null) return refuse('not-permitted', { command: 'recording.request' })
    const last = requestOf(state, input.recordingId, agencyId)
    if (last?.state === 'asked' || mayHear(state, input.recordingId, agencyId, context.now)) return happened()
    return happened({ name: 'recording.requested', data: { ...input, agencyId } })
  },

  'recording.grant'(state, input, context) {
    if (requestOf(state, input.recordingId, input.agencyId)?.state !== 'asked') return refuse('recording-not-asked')
    if (fromIso(input.untilAt) <= context.now) return refuse('grant-in-past')
    // D11: who reports on officials is not made known to them by the voice.
    const isAboutOfficials = context.policy.publication.holdBack.some((each) => each.code === state.fieldId)
    if (isAboutOfficials && state.slip?.agencyId === input.agencyId) return refuse('recording-of-accused')
    return happened({ name: 'recording.granted', data: input })
  },

  'recording.deny'(state, input) {
    if (requestOf(state, input.recordingId, input.agencyId)?.state !== 'asked') return refuse('recording-not-asked')
    if (input.reason === '') return refuse('request-needs-reason')
    return happened({ name: 'recording.denied', data: input })
  },
}

/** D11: an agency hears a recording while the office allows it, and not a second longer. */
export function mayHear(
  state: Pick<CaseState, 'recordingRequests'>,
  recordingId: string,
  agencyId: string,
  now: number,
): boolean {
  const request = requestOf(state, recordingId, agencyId)
  return request?.state === 'granted' && request.untilAt !== null && now <= fromIso(request.untilAt)
}

function requestOf(
  state: Pick<CaseState, 'recordingRequests'>,
  recordingId: string,
  agencyId: string,
): RecordingRequest | undefined {
  return state.recordingRequests.find((each) => each.recordingId === recordingId && each.agencyId === agencyId)
}

function agencyOf({ actor }: RuleContext): RecordingRequest['agencyId'] | null {
  return actor.kind === 'person' ? (actor.agencyId ?? null) : null
}
