import { useEffect, useState } from 'react'
import type { BridgeOutput } from '../../src-shared/bridge.ts'
import type { AgencyId } from '../../src-shared/ids.ts'
import { bridge } from '../session/desk.ts'
import { useNow } from '../session/now.ts'

export type Preview = BridgeOutput<'deadlines.preview'>

/** When a slip sent now would be due; read again each minute, because "now" moves. Null while unknown. */
export function usePreview(agencyId: string | null): Preview | null {
  const minute = useNow(60)
  const [known, setKnown] = useState<{ agencyId: string; preview: Preview } | null>(null)
  useEffect(() => {
    if (agencyId === null || minute === 0) return
    let isOld = false
    bridge()
      .call('deadlines.preview', { agencyId: agencyId as AgencyId })
      .then((preview) => {
        if (!isOld) setKnown({ agencyId, preview })
      })
      // Without a preview nothing is promised; the slip itself is not held up by it.
      .catch(() => setKnown(null))
    return () => {
      isOld = true
    }
  }, [agencyId, minute])
  return known !== null && known.agencyId === agencyId ? known.preview : null
}
