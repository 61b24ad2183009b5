import { Button } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import { refusalWords } from '../cases/problems.ts'
import { showCase } from '../console/room-store.ts'
import { shortTime } from '../deadlines/times.ts'
import { bridge } from '../session/desk.ts'
import { useNow } from '../session/now.ts'
import { sayCode, useSay } from '../session/words.ts'
import { Notice } from '../ui/Notice.tsx'
import { giveAgain, mayGiveAgain } from './again.ts'
import classes from './outbox.module.css'
import type { OutboxItem } from './outbox.ts'
import { WrittenWords } from './WrittenWords.tsx'

interface Props {
  item: OutboxItem
  all: readonly OutboxItem[]
  onDismiss: () => void
}

/** One refused act: what it was, why it was refused, every word of it, and what can be done. */
export function RefusedItem({ item, all, onDismiss }: Props) {
  const say = useSay()
  const now = useNow(60)
  const name = sayCode(say, 'command', item.name)
  const what = `${name} · ${item.code ?? say('outbox.case')}`
  return (
    <li className={classes.refused}>
      <div className={classes.row}>
        <h3 className={classes.refusedTitle} tabIndex={-1} data-refused={item.commandId}>
          {name}
        </h3>
        <button type="button" className={classes.code} onClick={() => showCase(item.caseId)}>
          {item.code ?? say('outbox.case')}
        </button>
        <span className={classes.dim}>
          {say('outbox.madeBy', { name: item.actorName, at: shortTime(item.madeAt, now) })}
        </span>
      </div>
      {item.refusal && <Notice tone="late">{refusalWords(item.refusal, say)}</Notice>}
      <WrittenWords item={item} />
      <div className={classes.row}>
        {mayGiveAgain(item) && (
          <Button
            size="compact-md"
            leftSection={<IconArrowBackUp size={15} aria-hidden="true" />}
            aria-label={`${say('outbox.again')}: ${what}`}
            onClick={() => void giveAgain(item, all)}
          >
            {say('outbox.again')}
          </Button>
        )}
        <Button
          size="compact-md"
          variant="default"
          aria-label={`${say('outbox.dismiss')}: ${what}`}
          onClick={() => {
            onDismiss()
            void bridge().call('outbox.dismiss', { commandId: item.commandId })
          }}
        >
          {say('outbox.dismiss')}
        </Button>
      </div>
    </li>
  )
}
