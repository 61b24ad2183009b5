import { spawn } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const sources = [
  'src-renderer',
  'src-shared',
  'src-main',
  'src-preload',
  'package-lock.json',
  'electron.vite.config.ts',
]

/** Builds the windows when they are not there or older than their sources. */
export async function buildIfStale(root: string): Promise<void> {
  const built = join(root, 'out/renderer/console.html')
  if (existsSync(built) && newest(sources.map((each) => join(root, each))) <= statSync(built).mtimeMs) return
  console.log('Đang dựng các cửa sổ (chỉ lần đầu)…')
  await build(root)
}

export function build(root: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const vite = spawn(process.execPath, [join(root, 'node_modules/electron-vite/bin/electron-vite.js'), 'build'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    // An end in the middle of building leaves no builder behind.
    const end = () => void vite.kill()
    process.once('exit', end)
    let said = ''
    vite.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
    vite.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
    vite.once('error', reject)
    vite.once('exit', (code) => {
      process.off('exit', end)
      if (code === 0) resolve()
      else reject(new Error(`Không dựng được các cửa sổ:\n${said}`))
    })
  })
}

function newest(paths: readonly string[]): number {
  return Math.max(
    ...paths.map((path) => {
      const found = statSync(path)
      return found.isDirectory() ? newest([...readdirSync(path).map((name) => join(path, name))]) : found.mtimeMs
    }),
    0,
  )
}
