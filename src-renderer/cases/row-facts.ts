import { useEffect } from 'react'
import { create } from 'zustand'
import type { CaseState } from '../../src-shared/cases/case.ts'
import type { CaseRow } from '../../src-shared/cases/views.ts'
import { type RunningLetter, runningLetter } from '../deadlines/letter.ts'
import { bridge } from '../session/desk.ts'

/** What a row of a list does not carry, because few cases have it: the letter's deadline (#4) and the lifted lateness (D14). */
export interface RowFacts {
  readonly letter: RunningLetter | null
  readonly lift: CaseState['lateLift']
}

interface Known extends RowFacts {
  /** The row they were read for. */
  readonly of: string
}

const useKnown = create<{ readonly facts: Readonly<Record<string, Known>> }>(() => ({ facts: {} }))
const none: RowFacts = { letter: null, lift: null }
const keyOf = ({ updatedAt, sync }: CaseRow) => `${updatedAt} ${sync}`

/** Read only for rows in sight that may have them: late ones, and those that came on paper or by the portal. */
export function useRowFacts(row: CaseRow): RowFacts {
  const known = useKnown(({ facts }) => facts[row.caseId])
  const isLate = row.isLate || row.clock?.isLate === true
  const isWanted = isLate || row.channel === 'paper' || row.channel === 'portal'
  const key = keyOf(row)
  const { caseId } = row
  useEffect(() => {
    if (isWanted && useKnown.getState().facts[caseId]?.of !== key) void read(caseId, key)
  }, [isWanted, caseId, key])
  return isWanted ? (known ?? none) : none
}

async function read(caseId: CaseRow['caseId'], of: string): Promise<void> {
  const { detail } = await bridge().call('cases.get', { caseId })
  if (detail === null) return
  const facts: Known = { of, letter: runningLetter(detail.state), lift: detail.state.lateLift }
  useKnown.setState(({ facts: before }) => ({ facts: { ...before, [caseId]: facts } }))
}
