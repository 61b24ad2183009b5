import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../../..')
const protocol = readFileSync(join(root, 'src-shared/sync/PROTOCOL.md'), 'utf8')
const rules = [...protocol.matchAll(/^- \*\*(S\d+) /gm)].map(([, rule]) => rule!)

/** The numbers with which names of tests begin: `S20: …`, `S36, S37: …`. The documents' own S0–S4 are followed by an article. */
const tests = join(root, 'tests')
const quoted = new Set(
  readdirSync(tests, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(test|e2e)\.ts$/.test(name))
    .flatMap((name) => readFileSync(join(tests, name), 'utf8').match(/(?<=\(\s*['"`])S\d+(?:, S\d+)*(?=:)/g) ?? [])
    .flatMap((numbers) => numbers.split(', ')),
)

test('no number is given twice', () => {
  expect(rules.length).toBeGreaterThanOrEqual(40)
  expect(new Set(rules).size).toBe(rules.length)
})

test.each(rules)('some test quotes %s', (rule) => {
  expect(quoted.has(rule)).toBe(true)
})
