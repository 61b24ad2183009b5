import { destination, type Logger, pino } from 'pino'
import type { Config } from './config.ts'

/**
 * The one place where personal data is kept out of the log: names, numbers, addresses, texts, passwords and tokens are never
 * written, whatever object they come in. Quiet by default; lines go to stderr, because stdout belongs to the starter.
 */
const secret = [
  'name',
  'phone',
  'number',
  'address',
  'email',
  'citizen',
  'to',
  'toName',
  'text',
  'content',
  'summary',
  'password',
  'token',
  'authorization',
]

export function openLog(level: Config['log']): Logger {
  return pino(
    {
      level,
      redact: {
        paths: [...secret, ...secret.map((key) => `*.${key}`), ...secret.map((key) => `*.*.${key}`)],
        censor: '…',
      },
      serializers: {
        // Without the query: a poke carries its token there, a search somebody's name.
        req: (request: { method: string; url: string }) => ({
          method: request.method,
          path: request.url.split('?')[0]?.replace(/^\/phieu\/.+/, '/phieu/…'),
        }),
        err: (error: Error) => ({ type: error.name, message: error.message, stack: error.stack }),
      },
    },
    destination({ dest: 2, sync: true }),
  )
}
