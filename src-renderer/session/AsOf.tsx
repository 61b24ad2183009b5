import { IconCloudOff } from '@tabler/icons-react'
import { Signal } from '../ui/Signal.tsx'
import { useAsOf } from './staleness.ts'

/** Once on a screen whose confirmed facts may have changed since; nothing while the desk is in step. */
export function AsOf() {
  const words = useAsOf()
  if (words === null) return null
  return (
    <Signal tone="soon" icon={<IconCloudOff size={13} aria-hidden="true" />}>
      {words}
    </Signal>
  )
}
