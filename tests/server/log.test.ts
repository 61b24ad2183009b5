import { execFileSync } from 'node:child_process'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'

// In a process of its own: the log writes to the process's own stderr.
const script = `
  import { openLog } from '${resolve(import.meta.dirname, '../../sync-server/src/log.ts')}'
  const log = openLog('info')
  const citizen = { name: 'Nguyễn Thị Sen', phone: '02775554001', address: 'Ấp 3' }
  log.info({ citizen, state: { citizen, content: 'đèn tắt' }, to: '02775554001', token: 'bi-mat' }, 'a case')
  log.info({ phone: '02775554001', message: { text: 'Nguyễn Thị Sen', toName: 'Sen' } }, 'a message')
  log.info({ req: { method: 'GET', url: '/api/sync/poke?token=bi-mat' } }, 'a request')
  log.info({ req: { method: 'GET', url: '/phieu/bi-mat' } }, 'a link')
  log.error({ err: new Error('đĩa đầy') }, 'a failure')
`

test('#42: neither names, numbers, texts nor tokens are written, and stdout stays empty', () => {
  const out = execFileSync('bash', ['-c', `"${process.execPath}" --input-type=module-typescript 2>&1 1>/dev/null`], {
    input: script,
    encoding: 'utf8',
  })
  for (const secret of ['Sen', '02775554001', 'Ấp 3', 'đèn tắt', 'bi-mat']) expect(out).not.toContain(secret)
  for (const kept of ['a case', 'a message', '/api/sync/poke', '/phieu/…', 'đĩa đầy']) expect(out).toContain(kept)
})
