import { fromIso } from '../../src-shared/deadlines/instants.ts'
import type { Act, Values } from '../cases/act.ts'
import { requestKey } from '../cases/office-acts.ts'
import { localText } from '../cases/typed-time.ts'
import { dateText } from '../deadlines/times.ts'

type Input = Readonly<Record<string, unknown>>
type Part = Readonly<Record<string, unknown>>

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
const momentOf = (value: unknown): string => (typeof value === 'string' ? localText(fromIso(value)) : '')
const dayOf = (value: unknown): string => (typeof value === 'string' ? dateText(value) : '')
const partOf = (value: unknown): Part => (typeof value === 'object' && value !== null ? (value as Part) : {})
const signedOf = ({ number, signedBy, signedOn }: Part): Values => ({
  number: textOf(number),
  signedBy: textOf(signedBy),
  signedOn: dayOf(signedOn),
})

/** Acts whose input is not simply their fields under the same names. */
const special: Readonly<Record<string, (input: Input) => Values>> = {
  'slip.send': ({ callAttempt, skippedCallReason }) => ({
    number: textOf(partOf(callAttempt).number),
    result: textOf(partOf(callAttempt).result),
    skipped: textOf(skippedCallReason),
  }),
  'citizen.tell': ({ at }) => ({ at: momentOf(at) }),
  'case.close': ({ contactedAt }) => ({ contactedAt: momentOf(contactedAt) }),
  'supplement.request': ({ missing }) => ({ missing: Array.isArray(missing) ? missing.join('\n') : '' }),
  'case.withdraw': ({ headSignature }) => ({
    signer: textOf(partOf(headSignature).name),
    signedOn: dayOf(partOf(headSignature).signedOn),
  }),
  'slip.promise': ({ completeAt }) => ({ completeAt: momentOf(completeAt) }),
  'slip.postpone': ({ newDueAt }) => ({ newDueAt: momentOf(newDueAt) }),
  'lateness.lift': ({ act }) => signedOf(partOf(act)),
  'recording.grant': (input) => ({ request: requestOf(input), until: momentOf(input.untilAt) }),
  'recording.deny': (input) => ({ request: requestOf(input) }),
  'urging.send': ({ letter, replyBy }) => ({ ...signedOf(partOf(letter)), replyBy: momentOf(replyBy) }),
}

const requestOf = ({ recordingId, agencyId }: Input): string =>
  requestKey({ recordingId: textOf(recordingId), agencyId: textOf(agencyId) } as Parameters<typeof requestKey>[0])

/** A command's input as it was typed into the act's dialog: what was refused need not be thought up again. */
export function typedAgain(act: Act, input: unknown): Values {
  const given = partOf(input)
  const same = act.fields.map(({ name }) => [name, textOf(given[name])] as const)
  return { ...Object.fromEntries(same), ...special[act.command]?.(given) }
}
