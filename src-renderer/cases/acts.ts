import { toIso } from '../../src-shared/deadlines/instants.ts'
import { type Act, field, plain, withReason } from './act.ts'
import { clockActs } from './clock-acts.ts'
import { officeActs } from './office-acts.ts'
import { dateOf, localText, notAfter } from './typed-time.ts'

/** Everything the console can do with a case, in the order in which it is offered. */
export const acts: readonly Act[] = [
  {
    command: 'case.answer',
    fields: [field('text', 'text', 'field.answer'), field('source', 'line', 'field.source')],
    input: ({ text, source }) => ({ text, article: null, source: source || null }),
  },
  {
    command: 'slip.send',
    fields: [
      field('agencyId', 'agency', 'field.agency'),
      field('summary', 'text', 'field.summary'),
      field('number', 'line', 'act.calledNumber'),
      field('result', 'call-result', 'attempt.result'),
      field('skipped', 'line', 'attempt.skip'),
    ],
    defaults: (state) => ({
      // S4 Đ.9 k.6: where the office has said whose it is.
      agencyId: state.competence?.agencyId ?? '',
      summary: state.content.slice(0, 2000),
    }),
    input: ({ agencyId, summary, number, result, skipped }, _state, now) => ({
      agencyId,
      summary,
      callAttempt: result ? { at: toIso(now), number, result } : null,
      skippedCallReason: skipped || null,
    }),
  },
  {
    command: 'competence.set',
    fields: [field('agencyId', 'agency', 'field.agency'), field('reason', 'text', 'act.reason')],
    input: ({ agencyId, reason }) => ({ agencyId, reason }),
  },
  {
    command: 'competence.ask',
    fields: [field('question', 'text', 'field.question')],
    input: ({ question }) => ({ question }),
  },
  {
    command: 'citizen.tell',
    fields: [
      field('via', 'contact-way', 'act.via'),
      field('at', 'instant', 'act.at'),
      field('note', 'text', 'act.note'),
    ],
    defaults: (_state, now) => ({ via: 'call', at: localText(now) }),
    input: ({ via, at = '', note }, _state, now) => ({ via, at: notAfter(at, now), note: note ?? '' }),
  },
  {
    command: 'case.close',
    fields: [field('proof', 'text', 'act.proof'), field('contactedAt', 'instant', 'act.contactedAt')],
    defaults: (state, now) => ({
      proof: state.answers.at(-1)?.text.slice(0, 2000) ?? '',
      contactedAt: state.citizenToldAt === null ? '' : localText(Math.min(Date.parse(state.citizenToldAt), now)),
    }),
    input: ({ proof, contactedAt = '' }, state, now) => ({
      proof,
      // Unchanged, it is the very instant the citizen was told, to the second.
      contactedAt:
        state.citizenToldAt !== null && contactedAt === localText(Date.parse(state.citizenToldAt))
          ? state.citizenToldAt
          : contactedAt === ''
            ? null
            : notAfter(contactedAt, now),
    }),
  },
  {
    command: 'slip.remind',
    fields: [field('note', 'text', 'act.reminder')],
    input: ({ note }) => ({ note: note ?? '' }),
  },
  {
    command: 'slip.accept-return',
    fields: [field('note', 'text', 'act.note')],
    input: ({ note }) => ({ note: note ?? '' }),
  },
  withReason('slip.reject-return'),
  plain('slip.open'),
  {
    command: 'slip.answer',
    fields: [field('text', 'text', 'field.answer'), field('approver', 'line', 'act.approver')],
    input: ({ text, approver }) => ({ text, approver: approver || null, citizenTold: null }),
  },
  withReason('slip.return'),
  {
    command: 'supplement.request',
    fields: [field('missing', 'text', 'act.missing')],
    input: ({ missing = '' }) => ({
      missing: missing
        .split('\n')
        .map((line) => line.trim())
        .filter(Boolean),
    }),
  },
  {
    command: 'supplement.receive',
    fields: [field('text', 'text', 'act.supplement')],
    input: ({ text }) => ({ text }),
  },
  ...clockActs,
  ...officeActs,
  {
    command: 'case.refuse',
    fields: [
      field('reasonCode', 'refusal-reason', 'field.refusalReason'),
      field('reason', 'text', 'field.refusalText'),
      field('referredTo', 'line', 'field.referredTo'),
      field('toldVia', 'contact-way', 'act.via'),
    ],
    defaults: () => ({ toldVia: 'call' }),
    input: ({ reasonCode = '', reason, referredTo, toldVia }, _state, now) => ({
      reasonCode,
      reason,
      referredTo,
      toldVia,
      toldAt: toIso(now),
    }),
  },
  {
    command: 'case.amend',
    fields: [field('content', 'text', 'field.content'), field('reason', 'text', 'act.reason')],
    defaults: (state) => ({ content: state.content }),
    input: ({ content, reason }) => ({ content, reason }),
  },
  withReason('case.reopen'),
  withReason('answer.unpublish'),
  {
    command: 'case.withdraw',
    fields: [
      field('requestScan', 'line', 'act.requestScan'),
      field('signer', 'line', 'act.signer'),
      field('signedOn', 'date', 'act.signedOn'),
    ],
    input: ({ requestScan, signer, signedOn }) => ({
      requestScan: requestScan || null,
      headSignature: signer && signedOn ? { name: signer, signedOn: dateOf(signedOn) } : null,
    }),
  },
]
