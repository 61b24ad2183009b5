import type { CaseState } from '../../src-shared/cases/case.ts'
import { type Act, field } from './act.ts'
import { dateOf, endOfDayOf, localDateText } from './typed-time.ts'

const hearingDays = 3

/** The request that has waited longest, as a choice of the dialog writes it. */
export const requestKey = ({ recordingId, agencyId }: CaseState['recordingRequests'][number]): string =>
  `${recordingId} ${agencyId}`
export const askedRequests = ({ recordingRequests }: CaseState) =>
  recordingRequests.filter(({ state }) => state === 'asked')

const firstAsked = (state: CaseState): string => {
  const [first] = askedRequests(state)
  return first === undefined ? '' : requestKey(first)
}
const requestOf = (key = '') => {
  const [recordingId = '', agencyId = ''] = key.split(' ')
  return { recordingId, agencyId }
}

/** What the Provincial Office writes and allows (S4 Đ.9 k.5, Đ.11 k.1). */
export const officeActs: readonly Act[] = [
  {
    command: 'recording.grant',
    fields: [field('request', 'recording-request', 'act.request'), field('until', 'instant', 'act.until')],
    defaults: (state, now) => ({
      request: firstAsked(state),
      until: `${localDateText(now + hearingDays * 86_400_000)} 17:00`,
    }),
    input: ({ request, until = '' }) => ({ ...requestOf(request), untilAt: endOfDayOf(until) }),
  },
  {
    command: 'recording.deny',
    fields: [field('request', 'recording-request', 'act.request'), field('reason', 'text', 'act.reason')],
    defaults: (state) => ({ request: firstAsked(state) }),
    input: ({ request, reason = '' }) => ({ ...requestOf(request), reason }),
  },
  {
    command: 'urging.send',
    fields: [
      field('kind', 'urging-kind', 'act.urgingKind'),
      field('signedFor', 'signed-for', 'act.signedFor'),
      field('number', 'line', 'act.liftNumber'),
      field('signedBy', 'line', 'act.liftSigner'),
      field('signedOn', 'date', 'act.signedOn'),
      field('content', 'text', 'act.urgingContent'),
      field('replyBy', 'instant', 'act.urgingReplyBy'),
    ],
    defaults: (_state, now) => ({ kind: 'urge', signedFor: 'office', signedOn: localDateText(now) }),
    input: ({ kind, signedFor, number = '', signedBy = '', signedOn = '', content = '', replyBy = '' }) => ({
      // A letter is known by its number: sent twice, it is one letter.
      urgingId: `letter ${number.trim()}`.slice(0, 80),
      kind,
      signedFor,
      letter: { number, signedBy, signedOn: signedOn.trim() === '' ? null : dateOf(signedOn) },
      content,
      replyBy: replyBy.trim() === '' ? null : endOfDayOf(replyBy),
    }),
  },
]
