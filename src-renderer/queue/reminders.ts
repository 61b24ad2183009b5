import { create } from 'zustand'
import type { CommandInput } from '../../src-shared/cases/commands.ts'
import type { CaseRow } from '../../src-shared/cases/views.ts'
import { RemoteFailure } from '../bridge.ts'
import { outcomeWords } from '../cases/problems.ts'
import { command } from '../cases/register-case.ts'
import { failureWords, sayNow } from '../session/words.ts'

/** What came of a reminder, by the row it was given in: words for that row. */
export const useReminders = create<{ readonly said: Readonly<Record<string, string>> }>(() => ({ said: {} }))

/** S4 Đ.13 k.2 (#28). */
export function remindSlip(row: CaseRow): Promise<void> {
  const input: CommandInput<'slip.remind'> = { note: sayNow('board.remindNote') }
  return give(row.caseId, row.caseId, { name: 'slip.remind', input })
}

/** S2 k.1 (#34): the register itself says which reminder goes to Home Affairs too. */
export function remindOpinion(row: CaseRow, consultId: string): Promise<void> {
  const input: CommandInput<'consult.remind'> = { consultId }
  return give(`${row.caseId} ${consultId}`, row.caseId, { name: 'consult.remind', input })
}

async function give(key: string, caseId: string, given: Parameters<typeof command>[1]): Promise<void> {
  let words: string
  try {
    words = outcomeWords(await command(caseId, given), sayNow) ?? sayNow('board.reminded')
  } catch (failure) {
    if (!(failure instanceof RemoteFailure)) throw failure
    words = failureWords(sayNow, failure)
  }
  useReminders.setState(({ said }) => ({ said: { ...said, [key]: words } }))
}
