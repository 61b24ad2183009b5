import { rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { build } from 'vite'

const here = import.meta.dirname
const root = resolve(here, '../../..')
const outDir = join(root, 'out', `bench-${process.pid}`)
const modules = ['desk-child', 'light-desks-child', 'limit-child', 'peers/pouch-child', 'peers/rx-child']

let building: Promise<unknown> | null = null

/**
 * The children's programs as JavaScript, as a desk is shipped: where Node takes the types out of TypeScript as it loads it, a process
 * carries seventy megabytes for that, and memory is one of the things that are measured.
 */
export async function builtChild(module: string): Promise<string> {
  building ??= build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: true,
      outDir,
      target: 'node24',
      rollupOptions: {
        input: Object.fromEntries(modules.map((name) => [name, join(here, `${name}.ts`)])),
        output: { entryFileNames: '[name].js' },
      },
    },
  }).then(() => process.once('exit', () => rmSync(outDir, { recursive: true, force: true })))
  await building
  return join(outDir, module.replace(/\.ts$/, '.js'))
}
