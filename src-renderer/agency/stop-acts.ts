import type { SlipDetail } from '../../src-shared/api/agency.ts'
import { actUnless, type Forms, type Mapped, missingIf } from './forms.ts'

/** S2 k.1 (#29): a reason that can never stop the clock is not sent; its own words say why. */
export function pauseAct(
  { reasonCode, explanation }: Forms['pause'],
  reasons: SlipDetail['choices']['pauseReasons'],
): Mapped {
  const chosen = reasons.find((each) => each.code === reasonCode)
  const problem = missingIf(chosen === undefined, 'agency.need-reason-choice')
  return actUnless(
    {
      reasonCode: problem ?? missingIf(chosen?.why != null, 'agency.pause-refused-reason'),
      explanation: missingIf(explanation.trim() === '', 'agency.need-explanation'),
    },
    () => ({ name: 'pause.request', input: { reasonCode, explanation: explanation.trim() } }),
  )
}

export const endPauseAct = (): Mapped => ({ act: { name: 'pause.end', input: {} } })

export const supplementAct = ({ text }: Forms['supplement']): Mapped =>
  actUnless({ text: missingIf(text.trim() === '', 'agency.need-supplement') }, () => ({
    name: 'supplement.receive',
    input: { text: text.trim() },
  }))

/** S2 k.1 (#32): the citizen's own request, and the head's signature on it. @param today the register's local date */
export function withdrawAct({ requestScan, name, signedOn }: Forms['withdraw'], today: string): Mapped {
  return actUnless(
    {
      requestScan: missingIf(requestScan.trim() === '', 'agency.need-scan'),
      name: missingIf(name.trim() === '', 'agency.need-signer'),
      signedOn: missingIf(!/^\d{4}-\d\d-\d\d$/.test(signedOn) || signedOn > today, 'agency.need-signed-on'),
    },
    () => ({
      name: 'case.withdraw',
      input: { requestScan: requestScan.trim(), headSignature: { name: name.trim(), signedOn } },
    }),
  )
}
