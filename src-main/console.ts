import { openDesk } from './open-desk.ts'
import type { Secrets } from './session/secrets.ts'
import { finishWipe } from './wipe/destroy.ts'
import { beginWipe, type Wipe } from './wipe/wipe-marks.ts'

export interface ConsoleParts {
  /** The desk's own folder; made when it is not there. */
  readonly dataDir: string
  readonly secrets: Secrets
  /** `http://host:port` of the sync server. */
  readonly server: string
  /** `monotonic`: milliseconds that no setting of the clock moves, and that a sleep does not stop. */
  readonly clock: { now(): number; monotonic?(): number }
  newId(): string
  chance(): number
  /** A message of the bridge for every open window. */
  announce(message: { announce: string; data: unknown }): void
  log(level: 'info' | 'warn' | 'error', what: string, about?: Record<string, unknown>): void
  /** Everything here was destroyed (S40), and the key that sealed the secrets with it: the process ends and is started again. */
  onWiped?(): void
}

export interface OpenConsole {
  /** Answers one call message of the bridge; never rejects. */
  handle(message: unknown): Promise<unknown>
  close(): Promise<void>
}

/**
 * The desk: a plain Node program that windows reach over the bridge and that knows nothing of Electron. A desk that is ordered to
 * be wiped ends this life of its and begins another, empty one; a window that asks meanwhile is answered by the next (S40).
 */
export async function openConsole(parts: ConsoleParts): Promise<OpenConsole> {
  await finishWipe(parts.dataDir)
  let isClosed = false

  const wipe = async (ordered: Wipe): Promise<OpenConsole> => {
    const last = await desk
    await beginWipe(parts.dataDir, ordered)
    await last.close()
    await finishWipe(parts.dataDir)
    if (isClosed) return { ...last, close: async () => {} }
    parts.onWiped?.()
    const next = await begin()
    for (const name of ['outbox.changed', 'recordings.changed'] as const) parts.announce({ announce: name, data: {} })
    parts.announce({ announce: 'cases.changed', data: { caseIds: [] } })
    return next
  }
  const begin = (): Promise<OpenConsole> =>
    openDesk({
      ...parts,
      onWipe(ordered) {
        desk = wipe(ordered)
        desk.catch((error: unknown) => parts.log('error', 'the wipe failed', { error: String(error) }))
      },
    })

  let desk = begin()
  await desk
  return {
    handle: async (message) => (await desk).handle(message),
    async close() {
      isClosed = true
      await (await desk).close()
    },
  }
}
