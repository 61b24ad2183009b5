import { type KeyboardEvent, useEffect, useRef } from 'react'
import { sayCode, useSay } from '../session/words.ts'
import classes from './calendar.module.css'
import { dayAfterKey, endOf, type Stretch, startOf } from './grid-keys.ts'
import type { DayCell } from './year.ts'

interface Props {
  /** Twelve months of cells. */
  cells: readonly (readonly DayCell[])[]
  calendarName: string
  stretch: Stretch
  onStretch: (stretch: Stretch) => void
  /** Enter or Space on a day; absent where nothing can be entered. */
  onChoose?: () => void
  /** Dates that entries not yet written speak of. */
  pending: ReadonlySet<string>
}

/** A year of buttons with one tab stop: arrows walk on from month to month. */
export function YearGrid({ cells, calendarName, stretch, onStretch, onChoose, pending }: Props) {
  const say = useSay()
  const grid = useRef<HTMLDivElement>(null)
  const isMoving = useRef(false)
  useEffect(() => {
    if (!isMoving.current) return
    isMoving.current = false
    grid.current?.querySelector<HTMLElement>(`[data-date="${stretch.focus}"]`)?.focus()
  }, [stretch.focus])

  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return
    if ((event.key === 'Enter' || event.key === ' ') && onChoose) {
      event.preventDefault()
      onChoose()
      return
    }
    const focus = dayAfterKey(stretch.focus, event.key)
    if (focus === null) return
    event.preventDefault()
    isMoving.current = true
    onStretch({ anchor: event.shiftKey && onChoose ? stretch.anchor : focus, focus })
  }
  const isChosen = (date: string) => date >= startOf(stretch) && date <= endOf(stretch)

  return (
    <div ref={grid} className={classes.year} data-year-grid="">
      {cells.map((days, index) => {
        const title = say('calendar.month', { month: index + 1 })
        return (
          <section key={title} className={classes.month}>
            <h2>{title}</h2>
            <table aria-label={`${title}, ${calendarName}`}>
              <tbody>
                {weeksOf(days).map((week) => (
                  <tr key={week[0]!.date}>
                    {week[0]!.column > 1 && <td colSpan={week[0]!.column - 1} />}
                    {week.map((cell) => (
                      <td key={cell.date}>
                        <button
                          type="button"
                          tabIndex={cell.date === stretch.focus ? 0 : -1}
                          aria-pressed={isChosen(cell.date)}
                          className={classes.day}
                          data-date={cell.date}
                          data-look={cell.look}
                          data-pending={pending.has(cell.date) || undefined}
                          title={cell.title}
                          onKeyDown={onKey}
                          onClick={(event) =>
                            onStretch({
                              anchor: event.shiftKey && onChoose ? stretch.anchor : cell.date,
                              focus: cell.date,
                            })
                          }
                        >
                          {cell.dayOfMonth}
                          <span className={classes.hidden}>
                            {` ${cell.words}, ${sayCode(say, 'look', cell.look)}`}
                            {pending.has(cell.date) && `, ${say('look.pending')}`}
                          </span>
                        </button>
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        )
      })}
    </div>
  )
}

function weeksOf(days: readonly DayCell[]): DayCell[][] {
  const weeks: DayCell[][] = []
  for (const day of days) {
    const last = weeks.at(-1)
    if (last === undefined || day.column === 1) weeks.push([day])
    else last.push(day)
  }
  return weeks
}

/** The focus goes back to the year after something was entered for a day. */
export function focusYear(): void {
  document.querySelector<HTMLElement>('[data-year-grid] button[tabindex="0"]')?.focus()
}
