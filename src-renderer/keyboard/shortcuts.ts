import type { WordKey } from '../../src-shared/words/words.ts'

/** Where a shortcut works. The same keys may mean two things only in two rooms. */
export type Place = 'everywhere' | 'duty' | 'cases' | 'knowledge' | 'board' | 'reports' | 'outbox'

export interface Shortcut {
  readonly id: string
  /** `KeyboardEvent.code`, so that Telex, VNI and any layout of letters leave it alone. */
  readonly code: string
  readonly ctrl?: true
  readonly shift?: true
  readonly place: Place
  readonly wordKey: WordKey
}

const define = <const T extends readonly Shortcut[]>(table: T): T => table

/**
 * Every shortcut of the console. F-keys and Ctrl combinations only: a bare letter or digit belongs to whatever is being
 * typed. Ctrl+T, N and W are left out because a browser keeps them for itself.
 */
export const shortcuts = define([
  { id: 'help', code: 'F1', place: 'everywhere', wordKey: 'keys.help' },
  { id: 'call.answer', code: 'F2', place: 'everywhere', wordKey: 'call.answer' },
  { id: 'call.swap', code: 'F2', shift: true, place: 'everywhere', wordKey: 'call.swap' },
  { id: 'writing.new', code: 'F3', place: 'everywhere', wordKey: 'writing.new' },
  { id: 'writing.next', code: 'F3', shift: true, place: 'duty', wordKey: 'writing.nextDraft' },
  { id: 'knowledge.focus', code: 'F4', place: 'everywhere', wordKey: 'knowledge.focus' },
  { id: 'emergency.open', code: 'F5', place: 'everywhere', wordKey: 'emergency.open' },
  { id: 'call.hold', code: 'F6', place: 'everywhere', wordKey: 'call.hold' },
  { id: 'call.mute', code: 'F7', place: 'everywhere', wordKey: 'call.mute' },
  { id: 'call.transfer', code: 'F8', place: 'everywhere', wordKey: 'call.transfer' },
  { id: 'call.dial', code: 'F8', shift: true, place: 'everywhere', wordKey: 'call.dial' },
  { id: 'call.end', code: 'F9', place: 'everywhere', wordKey: 'call.end' },
  { id: 'call.wrapUp', code: 'F10', place: 'everywhere', wordKey: 'call.wrapUp' },
  { id: 'call.state', code: 'F10', ctrl: true, place: 'everywhere', wordKey: 'call.changeState' },
  { id: 'find', code: 'KeyK', ctrl: true, place: 'everywhere', wordKey: 'find.open' },
  { id: 'room.duty', code: 'Digit1', ctrl: true, place: 'everywhere', wordKey: 'room.duty' },
  { id: 'room.cases', code: 'Digit2', ctrl: true, place: 'everywhere', wordKey: 'room.cases' },
  { id: 'room.knowledge', code: 'Digit3', ctrl: true, place: 'everywhere', wordKey: 'room.knowledge' },
  { id: 'room.board', code: 'Digit4', ctrl: true, place: 'everywhere', wordKey: 'room.board' },
  { id: 'room.office', code: 'Digit5', ctrl: true, place: 'everywhere', wordKey: 'room.office' },
  { id: 'room.reports', code: 'Digit6', ctrl: true, place: 'everywhere', wordKey: 'room.reports' },
  { id: 'room.admin', code: 'Digit7', ctrl: true, place: 'everywhere', wordKey: 'room.admin' },
  { id: 'outbox.open', code: 'Digit8', ctrl: true, place: 'everywhere', wordKey: 'outbox.open' },
  { id: 'theme', code: 'KeyL', ctrl: true, shift: true, place: 'everywhere', wordKey: 'shell.theme' },
  { id: 'save', code: 'Enter', ctrl: true, place: 'duty', wordKey: 'writing.save' },
  { id: 'article.use', code: 'Enter', ctrl: true, shift: true, place: 'duty', wordKey: 'knowledge.use' },
  { id: 'way.answer', code: 'Digit1', ctrl: true, shift: true, place: 'duty', wordKey: 'decide.answer' },
  { id: 'way.slip', code: 'Digit2', ctrl: true, shift: true, place: 'duty', wordKey: 'decide.slip' },
  { id: 'way.refuse', code: 'Digit3', ctrl: true, shift: true, place: 'duty', wordKey: 'decide.refuse' },
  { id: 'way.competence', code: 'Digit4', ctrl: true, shift: true, place: 'duty', wordKey: 'decide.competence' },
  { id: 'cases.filter', code: 'KeyF', ctrl: true, place: 'cases', wordKey: 'cases.filter' },
  { id: 'cases.next', code: 'ArrowDown', ctrl: true, place: 'cases', wordKey: 'cases.next' },
  { id: 'cases.previous', code: 'ArrowUp', ctrl: true, place: 'cases', wordKey: 'cases.previous' },
  { id: 'cases.act', code: 'Enter', ctrl: true, place: 'cases', wordKey: 'cases.act' },
  { id: 'cases.print', code: 'KeyP', ctrl: true, place: 'cases', wordKey: 'paper.print' },
  { id: 'watch.next', code: 'ArrowDown', ctrl: true, shift: true, place: 'cases', wordKey: 'watch.next' },
  { id: 'watch.previous', code: 'ArrowUp', ctrl: true, shift: true, place: 'cases', wordKey: 'watch.previous' },
  { id: 'recording.play', code: 'Space', ctrl: true, place: 'cases', wordKey: 'recording.play' },
  { id: 'board.next', code: 'ArrowDown', ctrl: true, place: 'board', wordKey: 'cases.next' },
  { id: 'board.previous', code: 'ArrowUp', ctrl: true, place: 'board', wordKey: 'cases.previous' },
  { id: 'board.nextList', code: 'ArrowDown', ctrl: true, shift: true, place: 'board', wordKey: 'watch.next' },
  { id: 'board.previousList', code: 'ArrowUp', ctrl: true, shift: true, place: 'board', wordKey: 'watch.previous' },
  { id: 'board.remind', code: 'Enter', ctrl: true, place: 'board', wordKey: 'board.remind' },
  { id: 'outbox.next', code: 'ArrowDown', ctrl: true, place: 'outbox', wordKey: 'outbox.next' },
  { id: 'outbox.previous', code: 'ArrowUp', ctrl: true, place: 'outbox', wordKey: 'outbox.previous' },
  { id: 'report.make', code: 'Enter', ctrl: true, place: 'reports', wordKey: 'reports.make' },
  { id: 'report.print', code: 'KeyP', ctrl: true, place: 'reports', wordKey: 'reports.print' },
])

export type ShortcutId = (typeof shortcuts)[number]['id']

const byId = new Map<string, Shortcut>(shortcuts.map((shortcut) => [shortcut.id, shortcut]))

export function shortcutOf(id: ShortcutId): Shortcut {
  return byId.get(id)!
}

/** As printed on keys: `Ctrl+Shift+1`, `F2`. */
export function keysOf({ code, ctrl, shift }: Pick<Shortcut, 'code' | 'ctrl' | 'shift'>): string {
  const cap = code.replace(/^Digit|^Key/, '').replace(/^Arrow/, '')
  const arrows: Record<string, string> = { Up: '↑', Down: '↓', Left: '←', Right: '→' }
  return [ctrl ? 'Ctrl' : '', shift ? 'Shift' : '', arrows[cap] ?? cap].filter(Boolean).join('+')
}

/** As `aria-keyshortcuts` wants them. */
export function ariaKeysOf(shortcut: Shortcut): string {
  const key = shortcut.code.replace(/^Digit|^Key/, '')
  return [shortcut.ctrl ? 'Control' : '', shortcut.shift ? 'Shift' : '', key].filter(Boolean).join('+')
}
