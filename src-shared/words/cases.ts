import { enCaseJournal, viCaseJournal } from './cases/journal.ts'
import { enCaseNames, viCaseNames } from './cases/names.ts'
import { enCaseRefusals, viCaseRefusals } from './cases/refusals.ts'

export const viCases = { ...viCaseNames, ...viCaseJournal, ...viCaseRefusals } as const

export const enCases: Record<keyof typeof viCases, string> = { ...enCaseNames, ...enCaseJournal, ...enCaseRefusals }
