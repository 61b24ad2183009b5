import {
  IconAlertOctagonFilled,
  IconAlertTriangle,
  IconCircleCheck,
  IconClock,
  IconPlayerPause,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Signal, type Tone } from '../ui/Signal.tsx'
import type { ChipTone } from './chip.ts'

const looks: Record<ChipTone, { readonly tone: Tone; readonly Icon: typeof IconClock }> = {
  calm: { tone: 'calm', Icon: IconClock },
  soon: { tone: 'soon', Icon: IconAlertTriangle },
  late: { tone: 'late', Icon: IconAlertOctagonFilled },
  stopped: { tone: 'quiet', Icon: IconPlayerPause },
  done: { tone: 'quiet', Icon: IconCircleCheck },
}

/** How a deadline looks, at the desk and on the officer's telephone: colour, shape and word say the same. */
export function ChipSignal({ tone, iconSize, children }: { tone: ChipTone; iconSize: number; children: ReactNode }) {
  const { tone: signal, Icon } = looks[tone]
  return (
    <Signal tone={signal} icon={<Icon size={iconSize} aria-hidden="true" />}>
      {children}
    </Signal>
  )
}
