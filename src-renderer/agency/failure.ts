import { Refused, Unreachable, Unreadable } from './agency-api.ts'
import { tell } from './words.ts'

/** What a failure of signing in means for the person. A failure of our own making is not hidden: it is thrown on. */
export function failureWords(failure: unknown): string {
  if (failure instanceof Refused) return failure.message
  if (failure instanceof Unreachable) return tell('agency.offline')
  if (failure instanceof Unreadable) return tell('agency.unreadable')
  throw failure
}
