import { Button, type ButtonProps, Tooltip } from '@mantine/core'
import type { ReactNode } from 'react'
import { KeyCap } from '../ui/KeyCap.tsx'
import { useShortcut } from './keys.ts'
import { ariaKeysOf, keysOf, type ShortcutId, shortcutOf } from './shortcuts.ts'

interface Props extends Omit<ButtonProps, 'leftSection' | 'rightSection'> {
  shortcut: ShortcutId
  label: string
  icon?: ReactNode
  onPress: () => void
  /** Disabled with a reason rather than hidden; the reason is the tooltip. */
  why?: string | null
  isPressed?: boolean
  /** Prints the key on the button; the tooltip has it anyway. */
  showsKey?: boolean
}

/** A button and its key, which can not drift apart. */
export function KeyButton({ shortcut, label, icon, onPress, why, isPressed, showsKey = true, ...rest }: Props) {
  const isClosed = rest.disabled === true || (why !== undefined && why !== null)
  const keys = shortcutOf(shortcut)
  useShortcut(shortcut, onPress, !isClosed)
  return (
    <Tooltip label={why ?? `${label} (${keysOf(keys)})`}>
      <Button
        size="compact-sm"
        variant="default"
        {...rest}
        {...(icon === undefined ? {} : { leftSection: icon })}
        {...(showsKey ? { rightSection: <KeyCap>{keysOf(keys)}</KeyCap> } : {})}
        {...(isClosed ? { 'data-disabled': true } : {})}
        aria-disabled={isClosed}
        aria-keyshortcuts={ariaKeysOf(keys)}
        {...(isPressed === undefined ? {} : { 'aria-pressed': isPressed })}
        onClick={(event) => {
          event.preventDefault()
          if (!isClosed) onPress()
        }}
      >
        {label}
      </Button>
    </Tooltip>
  )
}
