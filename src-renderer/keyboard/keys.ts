import { useEffect, useRef } from 'react'
import { type Place, type Shortcut, type ShortcutId, shortcuts } from './shortcuts.ts'

type Press = Pick<KeyboardEvent, 'code' | 'ctrlKey' | 'shiftKey' | 'altKey' | 'metaKey'>

interface Handler {
  readonly call: () => void
  /** Asked for by a dialog; only such keys of a room work while the focus is in one. */
  readonly isOfDialog: boolean
}

const handlers = new Map<ShortcutId, Handler[]>()
let room: Place = 'duty'

/** The room whose shortcuts work; those of other rooms are deaf. */
export function enterPlace(place: Place): void {
  room = place
}

/** The shortcut of a key press in a room, or undefined. Pure. */
export function shortcutFor(press: Press, place: Place): (typeof shortcuts)[number] | undefined {
  if (press.altKey || press.metaKey) return undefined
  return shortcuts.find((shortcut: Shortcut) => {
    const isSame =
      shortcut.code === (press.code === 'NumpadEnter' ? 'Enter' : press.code) &&
      (shortcut.ctrl ?? false) === press.ctrlKey &&
      (shortcut.shift ?? false) === press.shiftKey
    return isSame && (shortcut.place === 'everywhere' || shortcut.place === place)
  })
}

/** The last who asked for a shortcut gets it: a sheet on top of the room takes its keys. */
export function useShortcut(id: ShortcutId, handler: () => void, isActive = true, isOfDialog = false): void {
  const latest = useRef(handler)
  useEffect(() => {
    latest.current = handler
  })
  useEffect(() => {
    if (!isActive) return
    const entry: Handler = { call: () => latest.current(), isOfDialog }
    const stack = handlers.get(id) ?? []
    handlers.set(id, stack)
    stack.push(entry)
    return () => void stack.splice(stack.indexOf(entry), 1)
  }, [id, isActive, isOfDialog])
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.role === 'combobox')
  )
}

/** One listener for the window, in the capture phase so that no field swallows F-keys. */
export function listenForKeys(target: Window): () => void {
  const onKey = (event: KeyboardEvent) => {
    const isQuestion = event.key === '?' && !isTyping(event.target)
    const shortcut = isQuestion ? shortcuts[0] : shortcutFor(event, room)
    if (!shortcut) return
    const top = handlers.get(shortcut.id)?.at(-1)
    const isInDialog = event.target instanceof HTMLElement && event.target.closest('[role="dialog"]') !== null
    // A key of ours never falls through to the browser: F5 in mid-call must not reload the page.
    event.preventDefault()
    event.stopPropagation()
    // What lies under a dialog is not worked on: Ctrl+Enter in a sheet must not save the case beneath it.
    if (isInDialog && shortcut.place !== 'everywhere' && !top?.isOfDialog) return
    if (!event.repeat) top?.call()
  }
  target.addEventListener('keydown', onKey, { capture: true })
  return () => target.removeEventListener('keydown', onKey, { capture: true })
}
