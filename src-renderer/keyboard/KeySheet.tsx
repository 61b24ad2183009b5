import { Modal } from '@mantine/core'
import { useRooms } from '../console/room-store.ts'
import { useSay } from '../session/words.ts'
import { KeyCap } from '../ui/KeyCap.tsx'
import classes from './keyboard.module.css'
import { keysOf, shortcuts } from './shortcuts.ts'

const places = ['everywhere', 'duty', 'cases', 'board', 'reports', 'outbox'] as const

/** `?` or F1: the table of keys as it is, by room. */
export function KeySheet() {
  const say = useSay()
  const isOpen = useRooms((state) => state.isShowingKeys)
  return (
    <Modal
      opened={isOpen}
      onClose={() => useRooms.setState({ isShowingKeys: false })}
      title={say('keys.help')}
      size="xl"
      closeButtonProps={{ 'aria-label': say('ui.close') }}
    >
      <div className={classes.sheet}>
        {places.map((place) => (
          <section key={place} aria-label={say(`keys.${place}`)}>
            <h3>{say(`keys.${place}`)}</h3>
            <dl>
              {shortcuts
                .filter((shortcut) => shortcut.place === place)
                .map((shortcut) => (
                  <div key={shortcut.id}>
                    <dt>{say(shortcut.wordKey)}</dt>
                    <dd>
                      <KeyCap>{keysOf(shortcut)}</KeyCap>
                      <span className={classes.spoken}>{keysOf(shortcut)}</span>
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  )
}
