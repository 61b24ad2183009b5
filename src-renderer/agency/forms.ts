import type { CommandInput, CommandName } from '../../src-shared/cases/commands.ts'

/** What each form holds while it is being filled in: text only, so that a draft is exactly what was typed. */
export interface Forms {
  answer: {
    text: string
    approver: string
    told: '' | 'yes' | 'no'
    via: string
    at: string
    causeCode: string
    cause: string
  }
  tell: { via: string; at: string; note: string }
  time: { way: 'postpone' | 'supplement'; at: string; reason: string; missing: string }
  return: { reason: string }
  pause: { reasonCode: string; explanation: string }
  endPause: Record<never, string>
  /** `consultId` is chosen once for each request, so that sending it again is the same request. */
  consult: { consultId: string; agencyId: string; procedure: string; question: string; at: string }
  reply: { text: string }
  supplement: { text: string }
  withdraw: { requestScan: string; name: string; signedOn: string }
  explain: { causeCode: string; cause: string }
  urging: { text: string }
  hear: { recordingId: string; reason: string }
}
export type FormName = keyof Forms

export const emptyForms: Forms = {
  answer: { text: '', approver: '', told: '', via: '', at: '', causeCode: '', cause: '' },
  tell: { via: '', at: '', note: '' },
  time: { way: 'postpone', at: '', reason: '', missing: '' },
  return: { reason: '' },
  pause: { reasonCode: '', explanation: '' },
  endPause: {},
  consult: { consultId: '', agencyId: '', procedure: '', question: '', at: '' },
  reply: { text: '' },
  supplement: { text: '' },
  withdraw: { requestScan: '', name: '', signedOn: '' },
  explain: { causeCode: '', cause: '' },
  urging: { text: '' },
  hear: { recordingId: '', reason: '' },
}

export type Act = { [N in CommandName]: { readonly name: N; readonly input: CommandInput<N> } }[
  | 'slip.answer'
  | 'citizen.tell'
  | 'slip.postpone'
  | 'slip.promise'
  | 'supplement.request'
  | 'supplement.receive'
  | 'slip.return'
  | 'pause.request'
  | 'pause.end'
  | 'consult.ask'
  | 'consult.remind'
  | 'consult.reply'
  | 'case.withdraw'
  | 'lateness.explain'
  | 'urging.reply'
  | 'recording.request']

/** What is missing, by the field it is missing in. */
export type Problems = Readonly<Record<string, ProblemKey>>
export type ProblemKey =
  | 'agency.need-text'
  | 'agency.told-choose'
  | 'agency.need-via'
  | 'agency.need-time'
  | 'agency.need-reason'
  | 'agency.need-missing'
  | 'agency.need-reason-choice'
  | 'agency.need-explanation'
  | 'agency.pause-refused-reason'
  | 'agency.need-agency'
  | 'agency.need-question'
  | 'agency.need-reply-by'
  | 'agency.need-reply'
  | 'agency.need-supplement'
  | 'agency.need-scan'
  | 'agency.need-signer'
  | 'agency.need-signed-on'
  | 'agency.need-cause'
  | 'agency.need-cause-text'
  | 'agency.need-account'
  | 'agency.need-recording'

export type Mapped = { readonly act: Act } | { readonly problems: Problems }

/** The act, or, by field, what it still lacks: a problem that is null is none. */
export function actUnless(problems: Readonly<Record<string, ProblemKey | null>>, act: () => Act): Mapped {
  const found = Object.entries(problems).filter((entry): entry is [string, ProblemKey] => entry[1] !== null)
  return found.length > 0 ? { problems: Object.fromEntries(found) } : { act: act() }
}

export const missingIf = (isMissing: boolean, key: ProblemKey): ProblemKey | null => (isMissing ? key : null)
