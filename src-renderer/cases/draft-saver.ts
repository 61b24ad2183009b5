export interface DraftSaverParts<T> {
  /** Rejects when the desk could not keep it; the saver then tries again by itself. */
  save(value: T): Promise<void>
  setTimer(run: () => void, ms: number): unknown
  clearTimer(timer: unknown): void
}

export interface DraftSaver<T> {
  /** Something was typed. */
  touch(value: T): void
  /** Saves at once what is unsaved: the window is closing or the case is being registered. */
  flush(): Promise<void>
  /** Forgets what is unsaved: the draft was discarded. */
  drop(): void
}

/** After this pause in typing the draft goes to the desk; and never later than `atMostMs` after the first key. */
export const pauseMs = 500
export const atMostMs = 1_000
export const retryMs = 1_000

/** Drafts are saved ≤ 1 s after typing, one save at a time, so that an older text never overwrites a newer one. */
export function createDraftSaver<T>({ save, setTimer, clearTimer }: DraftSaverParts<T>): DraftSaver<T> {
  let unsaved: { value: T } | null = null
  let saving: Promise<void> | null = null
  let pause: unknown = null
  let limit: unknown = null

  const stopTimers = () => {
    if (pause !== null) clearTimer(pause)
    if (limit !== null) clearTimer(limit)
    pause = null
    limit = null
  }
  const run = async (): Promise<void> => {
    stopTimers()
    if (saving !== null) await saving
    if (unsaved === null) return
    const taken = unsaved
    unsaved = null
    saving = save(taken.value).catch(() => {
      // A newer text may have come meanwhile; it holds all of the older one.
      unsaved ??= taken
      pause ??= setTimer(() => void run(), retryMs)
    })
    await saving
    saving = null
  }

  return {
    touch: (value) => {
      unsaved = { value }
      if (pause !== null) clearTimer(pause)
      pause = setTimer(() => void run(), pauseMs)
      limit ??= setTimer(() => void run(), atMostMs)
    },
    flush: run,
    drop: () => {
      stopTimers()
      unsaved = null
    },
  }
}
