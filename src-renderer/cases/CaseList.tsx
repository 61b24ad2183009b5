import { TextInput } from '@mantine/core'
import { IconFilter } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import type { CaseView } from '../../src-shared/bridge.ts'
import type { CaseRow } from '../../src-shared/cases/views.ts'
import { useRooms } from '../console/room-store.ts'
import { DeadlineChip } from '../deadlines/DeadlineChip.tsx'
import { shortTime } from '../deadlines/times.ts'
import { useShortcut } from '../keyboard/keys.ts'
import { keysOf, shortcutOf } from '../keyboard/shortcuts.ts'
import { useNow } from '../session/now.ts'
import { useSession } from '../session/session-store.ts'
import { sayCode, useSay } from '../session/words.ts'
import { Empty } from '../ui/Empty.tsx'
import { KeyCap } from '../ui/KeyCap.tsx'
import { Signal } from '../ui/Signal.tsx'
import classes from './case-list.module.css'
import { filterBy, showView, useList, wantRows } from './list-store.ts'

/** Three lines of text, however large the system's text is. */
const rowHeight = () => 4 * Number.parseFloat(getComputedStyle(document.documentElement).fontSize)

export function CaseList({ views }: { views: readonly CaseView[] }) {
  const say = useSay()
  const box = useRef<HTMLInputElement>(null)
  const view = useList((list) => list.view)
  const text = useList((list) => list.text)
  const counts = useList((list) => list.counts)
  useShortcut('cases.filter', () => box.current?.select())
  return (
    <div className={classes.column}>
      <nav className={classes.views} aria-label={say('cases.views')}>
        {views.map((one) => (
          <button
            key={one}
            type="button"
            className={classes.view}
            aria-current={one === view ? 'true' : undefined}
            onClick={() => showView(one)}
          >
            {say(`view.${one}`)}
            {counts[one] !== undefined && <span className={classes.count}>{counts[one]}</span>}
          </button>
        ))}
      </nav>
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
      <Rows />
    </div>
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

export function RowText({ row }: { row: CaseRow }) {
  const say = useSay()
  const now = useNow(60)
  const agency = useSession((session) =>
    session.reference?.directory.agencies.find(({ id }) => id === row.agencyId),
  )?.shortName
  return (
    <>
      <span className={classes.head}>
        <span className={classes.code}>{row.code}</span>
        {row.isUrgent && <Signal tone="soon">{say('case.urgent')}</Signal>}
        {row.sync !== 'confirmed' && (
          <Signal tone={row.sync === 'attention' ? 'late' : 'quiet'}>{say(`sync.${row.sync}`)}</Signal>
        )}
        <span className={classes.grow} />
        {row.clock && row.clock.state !== 'ended' ? (
          <DeadlineChip clock={row.clock} />
        ) : (
          <span className={classes.dim}>{sayCode(say, 'stage', row.stage)}</span>
        )}
      </span>
      <span className={classes.text}>{row.excerpt}</span>
      <span className={classes.dim}>
        {[row.citizenName, agency, shortTime(row.openedAt, now)].filter(Boolean).join(' · ')}
      </span>
    </>
  )
}
