import { ActionIcon, Menu, Tooltip, useComputedColorScheme, useMantineColorScheme, VisuallyHidden } from '@mantine/core'
import {
  IconChevronDown,
  IconKeyboard,
  IconLanguage,
  IconLogout,
  IconMoon,
  IconSearch,
  IconSun,
} from '@tabler/icons-react'
import type { Account } from '../../src-shared/people/roles.ts'
import { closeDrafts } from '../cases/draft-store.ts'
import { useShortcut } from '../keyboard/keys.ts'
import { ariaKeysOf, keysOf, shortcutOf } from '../keyboard/shortcuts.ts'
import { signOut, speak, useSession } from '../session/session-store.ts'
import { sayCode, useSay } from '../session/words.ts'
import { KeyCap } from '../ui/KeyCap.tsx'
import classes from './console.module.css'
import { type Room, roomShortcut, showRoom, useRooms } from './room-store.ts'

interface Props {
  account: Account
  rooms: readonly Room[]
  room: Room
}

export function TopBar({ account, rooms, room }: Props) {
  const say = useSay()
  const { setColorScheme } = useMantineColorScheme()
  const isDark = useComputedColorScheme('light') === 'dark'
  const language = useSession((session) => session.language)
  const find = () => useRooms.setState({ isFinding: true })
  const turn = () => setColorScheme(isDark ? 'light' : 'dark')
  useShortcut('find', find)
  useShortcut('help', () => useRooms.setState(({ isShowingKeys }) => ({ isShowingKeys: !isShowingKeys })))
  useShortcut('theme', turn)
  useShortcut('outbox.open', () => showRoom('outbox'))

  return (
    <header className={classes.top}>
      <span className={classes.product}>1022</span>
      <nav className={classes.nav} aria-label={say('shell.rooms')}>
        {rooms
          .filter((one) => one !== 'outbox')
          .map((one) => (
            <RoomKey key={one} room={one} isHere={one === room} />
          ))}
      </nav>
      <button type="button" className={classes.find} onClick={find} aria-keyshortcuts={ariaKeysOf(shortcutOf('find'))}>
        <IconSearch size={14} aria-hidden="true" />
        <span>{say('find.open')}</span>
        <KeyCap>{keysOf(shortcutOf('find'))}</KeyCap>
      </button>
      <Tooltip label={`${say('keys.help')} (F1)`}>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={say('keys.help')}
          onClick={() => useRooms.setState({ isShowingKeys: true })}
        >
          <IconKeyboard size={18} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={`${say('shell.theme')} (${keysOf(shortcutOf('theme'))})`}>
        <ActionIcon variant="subtle" color="gray" aria-label={say('shell.theme')} onClick={turn}>
          {isDark ? <IconSun size={18} /> : <IconMoon size={18} />}
        </ActionIcon>
      </Tooltip>
      <Menu position="bottom-end" width={240}>
        <Menu.Target>
          <button type="button" className={classes.person}>
            <VisuallyHidden>{say('shell.account')}: </VisuallyHidden>
            <span>{account.name}</span>
            <span className={classes.role}>{sayCode(say, 'role', account.role)}</span>
            <IconChevronDown size={14} aria-hidden="true" />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconLanguage size={15} aria-hidden="true" />}
            onClick={() => speak(language === 'vi' ? 'en' : 'vi')}
          >
            {say('shell.otherLanguage')}
          </Menu.Item>
          <Menu.Item leftSection={<IconLogout size={15} aria-hidden="true" />} onClick={() => void leave()}>
            {say('signIn.leave')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </header>
  )
}

async function leave(): Promise<void> {
  await closeDrafts()
  useRooms.setState({ caseId: null })
  await signOut()
}

function RoomKey({ room, isHere }: { room: Room; isHere: boolean }) {
  const say = useSay()
  const shortcut = shortcutOf(roomShortcut[room])
  useShortcut(roomShortcut[room], () => showRoom(room))
  return (
    <Tooltip label={`${say(shortcut.wordKey)} (${keysOf(shortcut)})`}>
      <button
        type="button"
        className={classes.roomKey}
        aria-current={isHere ? 'page' : undefined}
        aria-keyshortcuts={ariaKeysOf(shortcut)}
        onClick={() => showRoom(room)}
      >
        {say(shortcut.wordKey)}
      </button>
    </Tooltip>
  )
}
