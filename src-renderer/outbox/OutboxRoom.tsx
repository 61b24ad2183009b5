import { useRef } from 'react'
import { useShortcut } from '../keyboard/keys.ts'
import { useSay } from '../session/words.ts'
import { Empty } from '../ui/Empty.tsx'
import { Section } from '../ui/Section.tsx'
import { Differences } from './Differences.tsx'
import classes from './outbox.module.css'
import { groupsOf, type Outbox } from './outbox.ts'
import { useOutbox } from './outbox-store.ts'
import { RefusedItem } from './RefusedItem.tsx'
import { Sent, Waiting } from './Waiting.tsx'

/** Ctrl+8: what has not reached the register, and why; what it refused, with the person's words; what it changed. */
export function OutboxRoom() {
  const say = useSay()
  const outbox = useOutbox()
  if (outbox === null) return <Empty>{say('case.reading')}</Empty>
  const { waiting, sent } = groupsOf(outbox.items)
  return (
    <div className={classes.page}>
      <h2 className={classes.title}>{say('outbox.open')}</h2>
      <Attention outbox={outbox} />
      <Section title={say('outbox.waiting', { count: waiting.length })}>
        {waiting.length === 0 ? <p className={classes.dim}>{say('outbox.allSent')}</p> : <Waiting items={waiting} />}
      </Section>
      {sent.length > 0 && (
        <Section title={say('outbox.sent', { count: sent.length })}>
          <Sent items={sent} />
        </Section>
      )}
      <Section title={say('outbox.differences')}>
        {outbox.differences.length === 0 ? (
          <p className={classes.dim}>{say('outbox.noDifferences')}</p>
        ) : (
          <Differences rows={outbox.differences} />
        )}
      </Section>
    </div>
  )
}

/** Ctrl with the arrows goes from one refused act to the next; whoever dismisses one stays where it stood. */
function Attention({ outbox }: { outbox: Outbox }) {
  const say = useSay()
  const list = useRef<HTMLUListElement>(null)
  const { attention } = groupsOf(outbox.items)
  const heads = () => [...(list.current?.querySelectorAll<HTMLElement>('[data-refused]') ?? [])]
  const go = (step: number) => {
    const all = heads()
    const at = all.findIndex((one) => one.closest('li')?.contains(document.activeElement))
    const next = at < 0 && step > 0 ? 0 : at + step
    all[Math.max(0, Math.min(next, all.length - 1))]?.focus()
  }
  useShortcut('outbox.next', () => go(1))
  useShortcut('outbox.previous', () => go(-1))
  const title = useRef<HTMLDivElement>(null)
  /** The button that was pressed goes away with its row: without this the next key would begin at the top of the window. */
  const focusAfter = (commandId: string) => {
    const at = attention.findIndex((item) => item.commandId === commandId)
    const neighbour = attention[at + 1] ?? attention[at - 1]
    const head = heads().find((one) => one.dataset.refused === neighbour?.commandId)
    ;(head ?? title.current)?.focus()
  }
  return (
    <div ref={title} tabIndex={-1} className={classes.attention}>
      <Section title={say('outbox.attention', { count: attention.length })}>
        {attention.length === 0 ? (
          <p className={classes.dim}>{say('outbox.noAttention')}</p>
        ) : (
          <>
            <p className={classes.dim}>{say('outbox.attentionHint')}</p>
            <ul ref={list} className={classes.refusedList}>
              {attention.map((item) => (
                <RefusedItem
                  key={item.commandId}
                  item={item}
                  all={outbox.items}
                  onDismiss={() => focusAfter(item.commandId)}
                />
              ))}
            </ul>
          </>
        )}
      </Section>
    </div>
  )
}
