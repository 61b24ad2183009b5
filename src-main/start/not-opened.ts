import { say } from '../../src-shared/words/words.ts'
import { NewerStore } from '../store/migrate.ts'

const denied = ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOSPC']

/** Why the desk did not open, for the person who started it. Null for what nobody foresaw: that is the log's to tell. */
export function notOpenedWords(error: unknown, { dataDir, port }: { dataDir: string; port: number }): string | null {
  if (error instanceof NewerStore) return say('vi', 'desk.newer-store', { dir: dataDir })
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'EADDRINUSE') return say('vi', 'desk.port-busy', { port })
  // A port outside its range, or one that only the system may open.
  if (code === 'ERR_SOCKET_BAD_PORT') return say('vi', 'desk.bad-port')
  if (denied.includes(code) || code.startsWith('SQLITE_CANTOPEN') || code.startsWith('SQLITE_READONLY')) {
    return say('vi', 'desk.data-dir', { dir: dataDir, reason: code })
  }
  return null
}
