import { useEffect, useState } from 'react'
import type { CaseRow } from '../../src-shared/cases/views.ts'
import { bridge } from '../session/desk.ts'

export interface SlipRows {
  /** Late first, then what is due soonest. */
  readonly all: readonly CaseRow[]
  readonly lateCount: number
}

export function useSlipRows(): SlipRows {
  const late = useRows('late')
  const soon = useRows('due-soon')
  const all = [...late, ...soon.filter((row) => !late.some(({ caseId }) => caseId === row.caseId))]
  return { all, lateCount: late.length }
}

function useRows(view: 'late' | 'due-soon'): readonly CaseRow[] {
  const [rows, setRows] = useState<readonly CaseRow[]>([])
  useEffect(() => {
    let isOld = false
    const read = async () => {
      const list = await bridge().call('cases.list', { view, limit: 100 })
      if (!isOld) setRows(list.rows)
    }
    void read()
    const stop = bridge().on('cases.changed', () => void read())
    return () => {
      isOld = true
      stop()
    }
  }, [view])
  return rows
}
