import { create } from 'zustand'
import type { CaseView } from '../../src-shared/bridge.ts'
import type { CaseRow } from '../../src-shared/cases/views.ts'
import type { WatchId } from '../deadlines/watch.ts'
import { bridge } from '../session/desk.ts'

interface CaseList {
  readonly view: CaseView
  /** A watched list in place of the saved view, in the office's room. */
  readonly watch: WatchId | null
  readonly text: string
  readonly total: number
  readonly counts: Partial<Record<CaseView, number>>
  /** By place in the list; only what was scrolled to has been read. */
  readonly rows: Readonly<Record<number, CaseRow>>
}

export const useList = create<CaseList>(() => ({ view: 'open', watch: null, text: '', total: 0, counts: {}, rows: {} }))

const pageSize = 100
let reading = 0

export function showView(view: CaseView): void {
  const isSame = useList.getState().view === view
  useList.setState(isSame ? { watch: null } : { view, watch: null, rows: {} })
  if (!isSame) void readPage(0, true)
}

export function showWatch(watch: WatchId | null): void {
  useList.setState({ watch })
}

export function filterBy(text: string): void {
  useList.setState({ text })
  void readPage(0, true)
}

/** Sorting and counting are the desk's; the window keeps only the pages that were looked at. */
export async function readPage(page: number, isFresh = false): Promise<void> {
  if (isFresh) reading += 1
  const asked = reading
  const { view, text } = useList.getState()
  const offset = page * pageSize
  const { rows, total, counts } = await bridge().call('cases.list', { view, text, offset, limit: pageSize })
  if (asked !== reading) return
  const read = Object.fromEntries(rows.map((row, index) => [offset + index, row]))
  useList.setState((list) => ({ total, counts, rows: isFresh ? read : { ...list.rows, ...read } }))
}

/** The rows of these places will be seen. */
export function wantRows(from: number, to: number): void {
  const { rows, total } = useList.getState()
  for (let page = Math.floor(from / pageSize); page <= Math.floor(to / pageSize); page += 1) {
    const first = page * pageSize
    if (first < total && rows[first] === undefined) void readPage(page)
  }
}

/** Follows the register while the room is on the screen. Returns the function that stops it. */
export function followList(): () => void {
  void readPage(0, true)
  return bridge().on('cases.changed', () => {
    const pages = new Set(Object.keys(useList.getState().rows).map((index) => Math.floor(Number(index) / pageSize)))
    for (const page of pages.size === 0 ? [0] : pages) void readPage(page)
  })
}
