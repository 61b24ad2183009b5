import { Button } from '@mantine/core'
import { IconBell } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { create } from 'zustand'
import type { CaseRow } from '../../src-shared/cases/views.ts'
import { RemoteFailure } from '../bridge.ts'
import { RowText } from '../cases/CaseList.tsx'
import { outcomeWords } from '../cases/problems.ts'
import { command } from '../cases/register-case.ts'
import { showCase } from '../console/room-store.ts'
import { KeyButton } from '../keyboard/KeyButton.tsx'
import { useShortcut } from '../keyboard/keys.ts'
import { bridge } from '../session/desk.ts'
import { failureWords, sayNow, useSay } from '../session/words.ts'
import { Empty } from '../ui/Empty.tsx'
import { Section } from '../ui/Section.tsx'
import classes from './queue.module.css'

/** What came of a reminder, by case: words for the row. */
const useReminders = create<{ readonly said: Readonly<Record<string, string>> }>(() => ({ said: {} }))

async function remind(row: CaseRow): Promise<void> {
  let words: string
  try {
    const outcome = await command(row.caseId, { name: 'slip.remind', input: { note: sayNow('board.remindNote') } })
    words = outcomeWords(outcome, sayNow) ?? sayNow('board.reminded')
  } catch (failure) {
    if (!(failure instanceof RemoteFailure)) throw failure
    words = failureWords(sayNow, failure)
  }
  useReminders.setState(({ said }) => ({ said: { ...said, [row.caseId]: words } }))
}

/** Late first, then what is due soonest; one key reminds the agency. */
export function SlipsPanel() {
  const say = useSay()
  const late = useRows('late')
  const soon = useRows('due-soon')
  const rows = [...late, ...soon.filter((row) => !late.some(({ caseId }) => caseId === row.caseId))]
  const [chosen, choose] = useState<string | null>(null)
  const at = Math.max(
    0,
    rows.findIndex(({ caseId }) => caseId === chosen),
  )
  const current = rows[at]
  useShortcut('board.next', () => choose(rows[Math.min(at + 1, rows.length - 1)]?.caseId ?? null))
  useShortcut('board.previous', () => choose(rows[Math.max(at - 1, 0)]?.caseId ?? null))
  const said = useReminders((reminders) => reminders.said)
  return (
    <Section
      title={say('board.slipsCount', { late: late.length, soon: rows.length - late.length })}
      aside={
        current && (
          <KeyButton
            shortcut="board.remind"
            label={say('board.remindOne', { code: current.code })}
            icon={<IconBell size={15} />}
            onPress={() => void remind(current)}
          />
        )
      }
    >
      {rows.length === 0 && <Empty>{say('board.noSlips')}</Empty>}
      <ul className={classes.slips}>
        {rows.map((row) => (
          <li key={row.caseId} className={classes.slip} data-chosen={row === current}>
            <button type="button" className={classes.slipText} onClick={() => showCase(row.caseId)}>
              <RowText row={row} />
            </button>
            <div className={classes.slipActs}>
              <Button
                size="compact-sm"
                variant="default"
                aria-label={`${say('board.remind')} ${row.code}`}
                onClick={() => {
                  choose(row.caseId)
                  void remind(row)
                }}
              >
                {say('board.remind')}
              </Button>
              {said[row.caseId] && (
                <span className={classes.said} role="status">
                  {said[row.caseId]}
                </span>
              )}
            </div>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function useRows(view: 'late' | 'due-soon'): readonly CaseRow[] {
  const [rows, setRows] = useState<readonly CaseRow[]>([])
  useEffect(() => {
    let isOld = false
    const read = async () => {
      const list = await bridge().call('cases.list', { view, limit: 100 })
      if (!isOld) setRows([...list.rows].sort((a, b) => (dueOf(a) < dueOf(b) ? -1 : 1)))
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

/** Those without a due instant (with the office) come after all that have one. */
const dueOf = (row: CaseRow) => (row.clock?.dueAt ? Date.parse(row.clock.dueAt) : Number.POSITIVE_INFINITY)
