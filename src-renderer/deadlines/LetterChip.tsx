import { IconMail, IconMailExclamation } from '@tabler/icons-react'
import { useNow } from '../session/now.ts'
import { useSay } from '../session/words.ts'
import { Signal } from '../ui/Signal.tsx'
import { letterChip, type RunningLetter } from './letter.ts'

/** #4: the deadline that came with the letter, under its own name and shape. */
export function LetterChip({ letter }: { letter: RunningLetter }) {
  const say = useSay()
  const { tone, text } = letterChip(letter, useNow(60), say)
  const Icon = tone === 'calm' ? IconMail : IconMailExclamation
  return (
    <Signal tone={tone === 'late' || tone === 'soon' ? tone : 'calm'} icon={<Icon size={13} aria-hidden="true" />}>
      {text}
    </Signal>
  )
}
