import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'

/** Of the program, from the manifest beside the sources or, once it is built, above `out/main`. */
export const version: string = (() => {
  const places = ['../package.json', '../../package.json'].map((place) => resolve(import.meta.dirname, place))
  const manifest = places.find((place) => existsSync(place))
  return manifest === undefined
    ? '0'
    : String((JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version)
})()
