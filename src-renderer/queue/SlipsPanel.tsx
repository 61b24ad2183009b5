import { IconBell } from '@tabler/icons-react'
import { RowText } from '../cases/RowText.tsx'
import { showCase } from '../console/room-store.ts'
import { KeyButton } from '../keyboard/KeyButton.tsx'
import { useSay } from '../session/words.ts'
import { Empty } from '../ui/Empty.tsx'
import { Section } from '../ui/Section.tsx'
import { BoardRow } from './BoardRow.tsx'
import { useChosen } from './chosen.ts'
import classes from './queue.module.css'
import { remindSlip } from './reminders.ts'
import type { SlipRows } from './slip-rows.ts'

/** Late first, then what is due soonest; one key reminds the agency. */
export function SlipsPanel({ rows: { all, lateCount } }: { rows: SlipRows }) {
  const say = useSay()
  const { current, choose } = useChosen(all, ({ caseId }) => caseId)
  return (
    <Section
      title={say('board.slipsCount', { late: lateCount, soon: all.length - lateCount })}
      aside={
        current && (
          <KeyButton
            shortcut="board.remind"
            label={say('board.remindOne', { code: current.code })}
            icon={<IconBell size={15} />}
            onPress={() => void remindSlip(current)}
          />
        )
      }
    >
      {all.length === 0 && <Empty>{say('board.noSlips')}</Empty>}
      <ul className={classes.slips}>
        {all.map((row) => (
          <BoardRow
            key={row.caseId}
            reminderKey={row.caseId}
            code={row.code}
            remindLabel={say('board.remind')}
            isChosen={row === current}
            onOpen={() => showCase(row.caseId)}
            onRemind={() => {
              choose(row.caseId)
              void remindSlip(row)
            }}
          >
            <RowText row={row} />
          </BoardRow>
        ))}
      </ul>
    </Section>
  )
}
