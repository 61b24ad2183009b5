import type { CaseEvent } from '../../src-shared/cases/events.ts'
import type { RecordingRow } from '../../src-shared/cases/views.ts'
import { caseIdSchema, recordingIdSchema } from '../../src-shared/ids.ts'
import { CallFailed, type HandlersOf } from '../handlers.ts'
import { ServerSaidNo, Unreachable } from '../sync/failures.ts'
import type { ServerApi } from '../sync/server-api.ts'
import { RecordingFailure } from './failure.ts'
import type { RecordingEntry } from './shelf.ts'
import type { Vault } from './vault.ts'

export interface RecordingParts {
  readonly vault: Vault
  readonly api: ServerApi
  /** Who is on the line. */
  accountId(): string
  onListened(caseId: string, recordingId: string): void
  onFinished(): void
  onChanged(): void
}

/** What the phone and the player ask of the vault. A failure of the disk is told at once: the call goes on without it. */
export function recordingCalls(parts: RecordingParts): HandlersOf<'recordings'> {
  const { vault } = parts
  const fromVault = async ({ recordingId, durationMs }: RecordingEntry) => {
    const bytes = await vault.readPlayable(recordingId).catch(told)
    return { mimeType: 'audio/webm', base64: bytes.toString('base64'), durationMs: durationMs ?? 0 }
  }
  const fromServer = async (recordingId: string) => {
    try {
      const { mimeType, bytes } = await parts.api.recording(recordingId)
      return { mimeType, base64: bytes.toString('base64'), durationMs: 0 }
    } catch (error) {
      if (error instanceof Unreachable)
        throw new CallFailed('recording-offline', 'it lies on the server, which is out of reach')
      if (error instanceof ServerSaidNo) throw new CallFailed('recording-refused', error.message)
      throw error
    }
  }
  return {
    async 'recordings.begin'(about) {
      const begun = await vault.begin({ ...about, accountId: parts.accountId() }).catch(told)
      parts.onChanged()
      return { recordingId: recordingIdSchema.parse(begun.recordingId) }
    },
    async 'recordings.append'({ recordingId, index, base64 }) {
      await vault.append(recordingId, index, Buffer.from(base64, 'base64')).catch(told)
      return {}
    },
    async 'recordings.mark'({ recordingId, ...mark }) {
      await vault.mark(recordingId, mark).catch(told)
      return {}
    },
    async 'recordings.finish'({ recordingId, durationMs }) {
      const entry = await vault.finish(recordingId, { durationMs }).catch(told)
      parts.onFinished()
      return rowOfEntry(entry)
    },
    async 'recordings.read'({ recordingId, caseId }) {
      const mine = vault.find(recordingId)
      const sound = mine === null ? await fromServer(recordingId) : await fromVault(mine)
      // S4 Đ.11 k.1 (#40): also what lies on this very computer is not heard without a trace.
      const heardIn = caseId ?? mine?.caseId ?? null
      if (heardIn !== null) parts.onListened(heardIn, recordingId)
      return sound
    },
    'recordings.list': ({ caseId }) => ({
      recordings: vault
        .list()
        .filter((entry) => caseId === null || entry.caseId === caseId)
        .map(rowOfEntry)
        .reverse(),
    }),
  }
}

export function rowOfEntry(entry: RecordingEntry): RecordingRow {
  return {
    recordingId: recordingIdSchema.parse(entry.recordingId),
    callId: entry.callId,
    startedAt: entry.startedAt,
    durationMs: entry.durationMs ?? 0,
    sizeBytes: entry.sizeBytes,
    state: entry.state,
    caseId: entry.caseId === null ? null : caseIdSchema.parse(entry.caseId),
    gaps: entry.gaps.length,
  }
}

/** The recordings that a case's events name: those in this vault as they stand here, the others as lying on the server. */
export function recordingsOfCase(vault: Vault, caseId: string, events: readonly CaseEvent[]): RecordingRow[] {
  const named = events.filter((event) => event.name === 'recording.attached').map((event) => event.data)
  const rows = named.map((data): RecordingRow => {
    const mine = vault.find(data.recordingId)
    if (mine !== null) return rowOfEntry(mine)
    const { recordingId, callId, startedAt, durationMs } = data
    return {
      recordingId,
      callId,
      startedAt,
      durationMs,
      sizeBytes: 0,
      state: 'remote',
      caseId: caseIdSchema.parse(caseId),
      gaps: 0,
    }
  })
  const unnamed = vault
    .list()
    .filter((entry) => entry.caseId === caseId && !rows.some((r) => r.recordingId === entry.recordingId))
  return [...rows, ...unnamed.map(rowOfEntry)]
}

function told(error: unknown): never {
  if (error instanceof RecordingFailure) throw new CallFailed(`recording-${error.code}`, error.message)
  throw error
}
