import { Button } from '@mantine/core'
import type { DeskState } from '../../src-shared/bridge.ts'
import { withoutFullStop } from '../ui/full-stop.ts'
import { Notice } from '../ui/Notice.tsx'
import { bridge } from './desk.ts'
import { useSession } from './session-store.ts'
import { sayCode, useSay } from './words.ts'

/** What the desk has to tell once, whoever sits at it: a wipe or a rebuilt database is told before anybody signs in. */
export function DeskNotice() {
  const say = useSay()
  const notice = useSession((session) => session.state?.notice ?? null)
  if (notice === null) return null
  return (
    <Notice tone="soon">
      {sayCode(say, 'notice', notice.code, paramsOf(notice))}{' '}
      <Button size="compact-xs" variant="subtle" onClick={() => void bridge().call('desk.dismissNotice', {})}>
        {say('notice.understood')}
      </Button>
    </Notice>
  )
}

/** A reason was typed by a person; all else are numbers and names of files. */
const paramsOf = ({ params }: NonNullable<DeskState['notice']>) =>
  typeof params.reason === 'string' ? { ...params, reason: withoutFullStop(params.reason) } : params
