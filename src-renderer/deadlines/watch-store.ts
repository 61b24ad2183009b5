import { useMemo } from 'react'
import { create } from 'zustand'
import type { BridgeInput, CaseDetail } from '../../src-shared/bridge.ts'
import type { CaseRow } from '../../src-shared/cases/views.ts'
import { bridge } from '../session/desk.ts'
import { registerNow, useNow } from '../session/now.ts'
import { useSession } from '../session/session-store.ts'
import { useSay } from '../session/words.ts'
import { dissolvedAgencies, type WatchId, type WatchItem, watchItems } from './watch.ts'

interface Group {
  readonly details: readonly CaseDetail[]
  /** Of them all, also those beyond what one screen works off. */
  readonly total: number
}

interface Watch {
  readonly groups: Readonly<Record<WatchId, Group>> | null
}

const useWatch = create<Watch>(() => ({ groups: null }))

/** More than a person works off in a morning; the list fills up as they are dealt with. */
const most = 60
/** Between two readings, so that a busy morning does not keep the desk reading. */
const restMs = 500
const nothing: Group = { details: [], total: 0 }

/** Reads the watched lists and follows the register while a room that shows them is open. Returns what stops it. */
export function followWatch(): () => void {
  let isOver = false
  let isReading = false
  let isAskedAgain = false
  const read = async () => {
    // Changes come in bursts; one reading after the last of them is enough.
    isAskedAgain = true
    if (isReading) return
    isReading = true
    try {
      while (isAskedAgain && !isOver) {
        isAskedAgain = false
        const groups = await readGroups()
        if (!isOver) useWatch.setState({ groups })
        await new Promise((rest) => setTimeout(rest, restMs))
      }
    } finally {
      isReading = false
    }
  }
  void read()
  const stops = [bridge().on('cases.changed', () => void read()), bridge().on('reference.changed', () => void read())]
  return () => {
    isOver = true
    for (const stop of stops) stop()
    // Who signs in next at this desk must not find in the window what the last one saw.
    known.clear()
    useWatch.setState({ groups: null })
  }
}

async function readGroups(): Promise<Record<WatchId, Group>> {
  const [opinions, pauses, hearings, explanations, causes, bounced, dissolved] = await Promise.all([
    readList({ mark: 'opinions' }),
    readList({ mark: 'pauses' }),
    readList({ mark: 'hearings' }),
    readList({ mark: 'explanations' }),
    readList({ mark: 'causes' }),
    readList({ mark: 'bounced' }),
    readDissolved(),
  ])
  return { opinions, pauses, hearings, explanations, causes, bounced, dissolved }
}

async function readDissolved(): Promise<Group> {
  const { reference } = useSession.getState()
  const gone = reference === null ? [] : dissolvedAgencies(reference, registerNow())
  const groups = await Promise.all(gone.map((agency) => readList({ mark: 'held', agencyId: agency.id })))
  return groups.reduce(
    (all, group) => ({ details: [...all.details, ...group.details], total: all.total + group.total }),
    nothing,
  )
}

async function readList(list: BridgeInput<'cases.watched'>): Promise<Group> {
  const { rows, total } = await bridge().call('cases.watched', { ...list, limit: most })
  const details = await Promise.all(rows.map(readDetail))
  return { details: details.filter((detail) => detail !== null), total }
}

const known = new Map<string, { readonly of: string; readonly detail: CaseDetail }>()

/** A case that has not changed since is not read again. */
async function readDetail({ caseId, updatedAt, sync }: CaseRow): Promise<CaseDetail | null> {
  const of = `${updatedAt} ${sync}`
  const kept = known.get(caseId)
  if (kept?.of === of) return kept.detail
  const { detail } = await bridge().call('cases.get', { caseId })
  if (detail !== null) known.set(caseId, { of, detail })
  return detail
}

export interface WatchList {
  readonly items: readonly WatchItem[]
  /** How many cases wait beyond those in the list. */
  readonly more: number
}

/** Every watched list as it stands this minute; null until they have been read. */
export function useWatchLists(): Readonly<Record<WatchId, WatchList>> | null {
  const say = useSay()
  const now = useNow(60)
  const groups = useWatch((watch) => watch.groups)
  const reference = useSession((session) => session.reference)
  const hours = useSession((session) => session.hours)
  return useMemo(() => {
    if (groups === null || reference === null || hours === null) return null
    const context = { reference, hours, now, say }
    const listOf = (id: WatchId): WatchList => {
      const { details, total } = groups[id]
      return { items: watchItems(id, details, context), more: Math.max(0, total - details.length) }
    }
    return {
      opinions: listOf('opinions'),
      pauses: listOf('pauses'),
      hearings: listOf('hearings'),
      explanations: listOf('explanations'),
      dissolved: listOf('dissolved'),
      causes: listOf('causes'),
      bounced: listOf('bounced'),
    }
  }, [groups, reference, hours, now, say])
}
