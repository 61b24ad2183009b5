import { describe, expect, test } from 'vitest'
import { shortcutFor } from '../../../src-renderer/keyboard/keys.ts'
import { ariaKeysOf, keysOf, type Shortcut, shortcuts } from '../../../src-renderer/keyboard/shortcuts.ts'
import { isWordKey } from '../../../src-shared/words/words.ts'

const table: readonly Shortcut[] = shortcuts
const press = (code: string, held: { ctrl?: boolean; shift?: boolean; alt?: boolean } = {}) => ({
  code,
  ctrlKey: held.ctrl ?? false,
  shiftKey: held.shift ?? false,
  altKey: held.alt ?? false,
  metaKey: false,
})

describe('the table of shortcuts', () => {
  test('no keys mean two things in one room', () => {
    const taken = table.flatMap((shortcut) => {
      const places = shortcut.place === 'everywhere' ? ['duty', 'cases', 'knowledge', 'board'] : [shortcut.place]
      return places.map((place) => `${place} ${keysOf(shortcut)}`)
    })
    expect(taken.filter((keys, index) => taken.indexOf(keys) !== index)).toEqual([])
  })

  test('only F-keys and Ctrl combinations: a bare letter or digit belongs to Telex and VNI', () => {
    const bare = table.filter(({ code, ctrl }) => !ctrl && !/^F([1-9]|10)$/.test(code))
    expect(bare).toEqual([])
  })

  test('none that a browser keeps for itself', () => {
    const kept = table.filter(({ code, ctrl }) => ctrl && ['KeyT', 'KeyN', 'KeyW', 'F4', 'Tab'].includes(code))
    expect(kept).toEqual([])
  })

  test('every shortcut has words and a name of its own', () => {
    expect(table.filter(({ wordKey }) => !isWordKey(wordKey))).toEqual([])
    expect(new Set(table.map(({ id }) => id)).size).toBe(table.length)
  })

  test.each([
    ['F2', press('F2'), 'duty', 'call.answer'],
    ['Shift+F2', press('F2', { shift: true }), 'cases', 'call.swap'],
    ['Ctrl+K', press('KeyK', { ctrl: true }), 'board', 'find'],
    ['Ctrl+Enter while writing', press('Enter', { ctrl: true }), 'duty', 'save'],
    ['Ctrl+Enter on the board', press('Enter', { ctrl: true }), 'board', 'board.remind'],
    ['Ctrl+Enter of the number pad', press('NumpadEnter', { ctrl: true }), 'duty', 'save'],
    ['Ctrl+Shift+2', press('Digit2', { ctrl: true, shift: true }), 'duty', 'way.slip'],
  ] as const)('%s is heard', (_name, keys, place, id) => {
    expect(shortcutFor(keys, place)?.id).toBe(id)
  })

  test.each([
    ['a letter', press('KeyA')],
    ['a capital letter', press('KeyK', { shift: true })],
    ['Enter', press('Enter')],
    ['AltGr, which is Ctrl with Alt on many keyboards', press('Digit2', { ctrl: true, alt: true })],
  ])('%s is left to the field', (_name, keys) => {
    expect(shortcutFor(keys, 'duty')).toBeUndefined()
  })

  test('keys are printed as on a keyboard and told to screen readers in their own way', () => {
    const way = table.find(({ id }) => id === 'way.slip')!
    expect([keysOf(way), ariaKeysOf(way)]).toEqual(['Ctrl+Shift+2', 'Control+Shift+2'])
    expect(keysOf(table.find(({ id }) => id === 'cases.next')!)).toBe('Ctrl+↓')
  })
})
