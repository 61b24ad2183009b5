import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * Fixed versions, kept in the machine's folder for temporary files; they stand in no package.json, for the product needs none of
 * them. Their install scripts are not run: leveldown brings its binary with it. RxDB's own server (rxdb-server 15) belongs to an older RxDB;
 * as its documentation shows, two handlers over HTTP do the same.
 */
export const packages = [
  'pouchdb@9.0.0',
  'express-pouchdb@4.2.0',
  'express@4.21.2',
  'rxdb@17.6.0',
  'rxjs@7.8.2',
] as const

/** The folder to `require` from, or in words why there is none. */
export function installPeers(): { readonly folder: string } | { readonly missing: string } {
  const folder = join(tmpdir(), 'bt1022-bench', `peers-${packages.join('-').replaceAll('@', '-')}`)
  if (existsSync(join(folder, 'installed'))) return { folder }
  mkdirSync(join(folder, '..'), { recursive: true })
  const making = mkdtempSync(`${folder}-`)
  try {
    const quiet = ['--no-save', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error']
    execFileSync('npm', ['install', ...quiet, '--prefix', making, ...packages], { stdio: ['ignore', 'ignore', 'pipe'] })
  } catch (error) {
    rmSync(making, { recursive: true, force: true })
    const said = String((error as { stderr?: unknown }).stderr ?? error)
    return { missing: said.trim().split('\n')[0] ?? 'npm failed' }
  }
  writeFileSync(join(making, 'installed'), '')
  rmSync(folder, { recursive: true, force: true })
  renameSync(making, folder)
  return { folder }
}
