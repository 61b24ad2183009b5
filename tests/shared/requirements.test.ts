import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const tests = join(import.meta.dirname, '..')

/** Everything between quotes in the test files: names of tests, and of the rows they are made of. */
const named = readdirSync(tests, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.endsWith('requirements.test.ts'))
  .flatMap((name) => readFileSync(join(tests, name), 'utf8').match(/'[^'\n]*'|`[^`]*`|"[^"\n]*"/g) ?? [])
  .join('\n')

const clock = Array.from({ length: 22 }, (_, index) => `#${index + 17}`)
const decisions = Array.from({ length: 15 }, (_, index) => `D${index + 1}`)

test.each([...clock, ...decisions])('some test names %s', (rule) => {
  expect(named).toMatch(new RegExp(`(?<![\\w#])${rule}(?!\\d)`))
})
