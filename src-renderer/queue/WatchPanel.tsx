import { IconBell } from '@tabler/icons-react'
import { showCase } from '../console/room-store.ts'
import { WatchIntro } from '../deadlines/WatchIntro.tsx'
import { WatchRowText } from '../deadlines/WatchRowText.tsx'
import type { WatchId, WatchItem } from '../deadlines/watch.ts'
import type { WatchList } from '../deadlines/watch-store.ts'
import { KeyButton } from '../keyboard/KeyButton.tsx'
import { useSay } from '../session/words.ts'
import { Section } from '../ui/Section.tsx'
import { BoardRow } from './BoardRow.tsx'
import { useChosen } from './chosen.ts'
import classes from './queue.module.css'
import { remindOpinion } from './reminders.ts'

/** One of the watched lists on the board; an agency that owes an opinion can be reminded from here. */
export function WatchPanel({ id, list }: { id: WatchId; list: WatchList | null }) {
  const say = useSay()
  const items = list?.items ?? []
  const { current, choose } = useChosen(items, ({ key }) => key)
  const remind = ({ key, row, consultId }: WatchItem) => {
    if (consultId === null) return null
    return () => {
      choose(key)
      void remindOpinion(row, consultId)
    }
  }
  const remindCurrent = current === undefined ? null : remind(current)
  return (
    <Section
      title={say(`watch.${id}`)}
      aside={
        current &&
        remindCurrent && (
          <KeyButton
            shortcut="board.remind"
            label={say('board.remindOne', { code: current.row.code })}
            icon={<IconBell size={15} />}
            onPress={remindCurrent}
          />
        )
      }
    >
      <WatchIntro id={id} list={list} />
      <ul className={classes.slips}>
        {items.map((item) => (
          <BoardRow
            key={item.key}
            reminderKey={item.key}
            code={item.row.code}
            remindLabel={say('command.consult.remind')}
            isChosen={item === current}
            onOpen={() => showCase(item.row.caseId)}
            onRemind={remind(item)}
          >
            <WatchRowText item={item} />
          </BoardRow>
        ))}
      </ul>
      {list !== null && list.more > 0 && <p className={classes.said}>{say('watch.more', { count: list.more })}</p>}
    </Section>
  )
}
