import { Button, Modal } from '@mantine/core'
import { IconAmbulance, IconFiretruck, IconGavel, IconScale, IconShield } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import type { Policy } from '../../src-shared/deadlines/policy.ts'
import { RemoteFailure } from '../bridge.ts'
import { useRooms } from '../console/room-store.ts'
import { useShortcut } from '../keyboard/keys.ts'
import { ariaKeysOf, keysOf, shortcutOf } from '../keyboard/shortcuts.ts'
import { useSession } from '../session/session-store.ts'
import { failureWords, useSay } from '../session/words.ts'
import { KeyCap } from '../ui/KeyCap.tsx'
import { Notice } from '../ui/Notice.tsx'
import classes from './cases.module.css'
import { outcomeWords } from './problems.ts'
import { type Card, logRedirect } from './redirect-case.ts'

type PolicyCard = Policy['redirectCards'][number]

const icons = {
  '113': IconShield,
  '114': IconFiretruck,
  '115': IconAmbulance,
  complaint: IconScale,
  denunciation: IconGavel,
} as const

const noCards: PolicyCard[] = []
const isNumber = (code: string) => /^\d+$/.test(code)

/** Above the form, always: S4 Đ.4 k.6 is shown before anything is asked. */
export function EmergencyStrip() {
  const say = useSay()
  const cards = useSession((session) => session.policy?.redirectCards) ?? noCards
  const [shown, setShown] = useState<Card | null>(null)
  const isChoosing = useRooms((state) => state.isShowingCards)
  const keys = shortcutOf('emergency.open')
  useShortcut('emergency.open', () => useRooms.setState({ isShowingCards: true }))
  const close = () => {
    setShown(null)
    useRooms.setState({ isShowingCards: false })
  }
  const card = cards.find(({ code }) => code === shown)
  return (
    <section className={classes.strip} aria-label={say('emergency.title')} aria-keyshortcuts={ariaKeysOf(keys)}>
      <KeyCap>{keysOf(keys)}</KeyCap>
      {cards.map((one) => (
        <CardKey key={one.code} card={one} onPress={() => setShown(one.code)} />
      ))}
      <Modal
        opened={isChoosing || shown !== null}
        onClose={close}
        title={card?.title ?? say('emergency.title')}
        size="lg"
        closeButtonProps={{ 'aria-label': say('ui.close') }}
        onKeyDown={(event) => {
          const chosen = cards[Number(event.key) - 1]
          if (shown === null && chosen) setShown(chosen.code)
        }}
      >
        {card ? (
          <BigCard card={card} onDone={close} />
        ) : (
          <div className={classes.cardList}>
            {cards.map((one, index) => (
              <Button
                key={one.code}
                variant="default"
                justify="flex-start"
                size="md"
                leftSection={<KeyCap>{index + 1}</KeyCap>}
                data-autofocus={index === 0 || undefined}
                onClick={() => setShown(one.code)}
              >
                {isNumber(one.code) ? `${one.code} · ${one.title}` : one.title}
              </Button>
            ))}
          </div>
        )}
      </Modal>
    </section>
  )
}

function CardKey({ card, onPress }: { card: PolicyCard; onPress: () => void }) {
  const Icon = icons[card.code]
  return (
    <button type="button" className={classes.card} onClick={onPress} title={card.title}>
      <Icon size={15} aria-hidden="true" />
      {isNumber(card.code) && <span>{card.code}</span>}
      <span className={isNumber(card.code) ? classes.hidden : undefined}>{card.title}</span>
    </button>
  )
}

/** The number as large as it goes, the words to say, and Enter to log that it was said. */
function BigCard({ card, onDone }: { card: PolicyCard; onDone: () => void }) {
  const say = useSay()
  const [problem, setProblem] = useState<string | null>(null)
  const [isLogging, setLogging] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  // Chosen by a key from the list of cards, so Enter must find the button without a second key.
  useEffect(() => button.current?.focus(), [])
  const log = async () => {
    setLogging(true)
    try {
      const outcome = await logRedirect(card.code, card.number)
      const words = outcome === null ? say('problem.noCodes') : outcomeWords(outcome, say)
      if (words === null) onDone()
      setProblem(words)
    } catch (failure) {
      if (!(failure instanceof RemoteFailure)) throw failure
      setProblem(failureWords(say, failure))
    } finally {
      setLogging(false)
    }
  }
  return (
    <div className={classes.big}>
      <p className={isNumber(card.number.replace(/\s/g, '')) ? classes.bigNumber : classes.bigWords}>{card.number}</p>
      <p className={classes.bigSay}>{card.say}</p>
      {problem !== null && <Notice tone="late">{problem}</Notice>}
      <Button
        size="md"
        ref={button}
        data-autofocus
        loading={isLogging}
        onClick={() => void log()}
        rightSection={<KeyCap>Enter</KeyCap>}
      >
        {say('emergency.log')}
      </Button>
    </div>
  )
}
