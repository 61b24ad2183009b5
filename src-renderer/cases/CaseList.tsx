import { TextInput } from '@mantine/core'
import { IconFilter } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import type { CaseView } from '../../src-shared/bridge.ts'
import { useRooms } from '../console/room-store.ts'
import type { WatchId } from '../deadlines/watch.ts'
import { useShortcut } from '../keyboard/keys.ts'
import { keysOf, shortcutOf } from '../keyboard/shortcuts.ts'
import { AsOf } from '../session/AsOf.tsx'
import { listWords, searchWords } from '../session/progress.ts'
import { useSession } from '../session/session-store.ts'
import { useAsOf } from '../session/staleness.ts'
import { useSay } from '../session/words.ts'
import { Empty } from '../ui/Empty.tsx'
import { KeyCap } from '../ui/KeyCap.tsx'
import classes from './case-list.module.css'
import { Lists } from './Lists.tsx'
import { filterBy, useList, wantRows } from './list-store.ts'
import { RowText } from './RowText.tsx'
import { WatchedRows } from './WatchedRows.tsx'

/** Three lines of text, however large the system's text is. */
const rowHeight = () => 4 * Number.parseFloat(getComputedStyle(document.documentElement).fontSize)

interface Props {
  views: readonly CaseView[]
  watches: readonly WatchId[]
}

export function CaseList({ views, watches }: Props) {
  const say = useSay()
  const watch = useList((list) => list.watch)
  return (
    <div className={classes.column}>
      <Lists views={views} watches={watches} />
      {watch === null ? (
        <>
          <Filter />
          <ListState />
          <Rows />
        </>
      ) : (
        <WatchedRows id={watch} label={say(`watch.${watch}`)} />
      )}
    </div>
  )
}

/** As of when the rows are, and while the list or what it is filtered by is not complete: once, and not in each row. */
function ListState() {
  const say = useSay()
  const asOf = useAsOf()
  const isFiltered = useList((list) => list.text.trim() !== '')
  const progress = useSession((session) => session.state?.progress ?? null)
  const partial = isFiltered ? searchWords(progress, say) : listWords(progress, say)
  if (asOf === null && partial === null) return null
  return (
    <div className={classes.state}>
      <AsOf />
      {partial !== null && <span className={classes.partial}>{partial}</span>}
    </div>
  )
}

function Filter() {
  const say = useSay()
  const box = useRef<HTMLInputElement>(null)
  const text = useList((list) => list.text)
  useShortcut('cases.filter', () => box.current?.select())
  return (
    <TextInput
      ref={box}
      className={classes.filter ?? ''}
      type="search"
      aria-label={say('cases.filter')}
      placeholder={say('cases.filterHint')}
      leftSection={<IconFilter size={15} aria-hidden="true" />}
      rightSection={<KeyCap>{keysOf(shortcutOf('cases.filter'))}</KeyCap>}
      rightSectionWidth={56}
      value={text}
      onChange={(event) => filterBy(event.currentTarget.value)}
    />
  )
}

/** Thousands of cases; only those in sight are drawn. Arrows move when the list has the focus, Ctrl with arrows always. */
function Rows() {
  const say = useSay()
  const scroller = useRef<HTMLDivElement>(null)
  const { view, total, rows } = useList()
  const caseId = useRooms((state) => state.caseId)
  const list = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: rowHeight,
    overscan: 8,
  })
  const items = list.getVirtualItems()
  const first = items[0]?.index ?? 0
  const last = items.at(-1)?.index ?? 0
  useEffect(() => wantRows(first, last), [first, last])

  const at = Number(Object.entries(rows).find(([, row]) => row.caseId === caseId)?.[0] ?? -1)
  const go = (index: number) => {
    const row = rows[Math.max(0, Math.min(index, total - 1))]
    if (!row) return
    useRooms.setState({ caseId: row.caseId })
    list.scrollToIndex(Math.max(0, Math.min(index, total - 1)))
  }
  useShortcut('cases.next', () => go(at + 1))
  useShortcut('cases.previous', () => go(at - 1))

  if (total === 0) return <Empty>{say(`view.${view}.empty`)}</Empty>
  return (
    <div
      ref={scroller}
      className={classes.rows}
      role="listbox"
      tabIndex={0}
      aria-label={say('cases.list', { view: say(`view.${view}`), count: total })}
      aria-activedescendant={at >= 0 ? `case-row-${at}` : undefined}
      onKeyDown={(event) => {
        if (event.ctrlKey) return
        const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }[event.key]
        if (step === undefined) return
        event.preventDefault()
        go(at + step)
      }}
    >
      <div style={{ height: list.getTotalSize(), position: 'relative' }} role="presentation">
        {items.map((item) => {
          const row = rows[item.index]
          return (
            <div
              key={item.key}
              id={`case-row-${item.index}`}
              role="option"
              tabIndex={-1}
              aria-selected={row !== undefined && row.caseId === caseId}
              className={classes.row}
              style={{ height: item.size, transform: `translateY(${item.start}px)` }}
              onClick={() => go(item.index)}
              onKeyDown={(event) => event.key === 'Enter' && go(item.index)}
            >
              {row && <RowText row={row} />}
            </div>
          )
        })}
      </div>
    </div>
  )
}
