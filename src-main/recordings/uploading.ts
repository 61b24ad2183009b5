import type { CommandName } from '../../src-shared/cases/commands.ts'
import type { Cases } from '../store/cases.ts'
import type { After } from '../sync/sync-api.ts'
import { attachFinished } from './attaching.ts'
import { createUploader } from './upload.ts'
import type { Vault } from './vault.ts'

const everyMs = 5_000

export interface UploadingParts {
  readonly vault: Vault
  readonly cases: Cases
  readonly server: string
  readonly clock: { now(): number }
  readonly after: After
  token(): string | null
  isConnected(): boolean
  /** Gives a command in the name of whoever sits here; false when it was not done. */
  give(caseId: string, name: CommandName, input: unknown): boolean
  /** After an upload was tried, whatever came of it. */
  onTried(): void
  log(level: 'info' | 'warn' | 'error', what: string, about?: Record<string, unknown>): void
}

/** Ties finished recordings to their cases and brings them to the server, every few seconds and whenever there is a reason to. */
export function startUploading(parts: UploadingParts): { attach(): void; upload(): void; stop(): void } {
  const { vault, clock, log } = parts
  const uploader = createUploader({ vault, baseUrl: parts.server, token: () => parts.token() ?? '', clock })
  let isUploading = false
  const upload = () => {
    if (isUploading || parts.token() === null || !parts.isConnected()) return
    isUploading = true
    uploader
      .runOnce()
      .then((reports) => {
        for (const { outcome, ...about } of reports) {
          if (outcome !== 'countersigned') log('warn', 'a recording was not taken by the server', about)
        }
        return reports.length
      })
      .catch((error: unknown) => log('warn', 'recordings were not uploaded', { error: String(error) }))
      .finally(() => {
        isUploading = false
        parts.onTried()
      })
  }
  const attach = () => {
    void attachFinished(vault, parts.cases, clock.now(), (caseId, input) =>
      parts.give(caseId, 'recording.attach', input),
    ).catch((error: unknown) => log('warn', 'a recording was not attached', { error: String(error) }))
  }
  let cancel = () => {}
  const again = () => {
    attach()
    upload()
    cancel = parts.after(everyMs, again)
  }
  cancel = parts.after(everyMs, again)
  attach()
  return { attach, upload, stop: () => cancel() }
}
