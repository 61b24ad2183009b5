import { Button } from '@mantine/core'
import { fromIso } from '../../src-shared/deadlines/instants.ts'
import { dueWords } from '../../src-shared/deadlines/spoken.ts'
import { showCase } from '../console/room-store.ts'
import { useSay } from '../session/words.ts'
import { Notice } from '../ui/Notice.tsx'
import { useDrafts } from './draft-store.ts'

/** What was registered last, and whether the register has it yet: said plainly, because it is told to a citizen. */
export function RegisteredNote() {
  const say = useSay()
  const registered = useDrafts((state) => state.registered)
  if (registered === null) return null
  const { code, caseId, isConfirmed, dueAt } = registered
  return (
    <Notice tone={isConfirmed ? 'live' : 'calm'}>
      {say(isConfirmed ? 'writing.registered' : 'writing.registeredHere', { code })}{' '}
      {dueAt !== null && say('writing.promised', { at: dueWords(fromIso(dueAt)) })}{' '}
      <Button size="compact-xs" variant="subtle" onClick={() => showCase(caseId)}>
        {say('case.openIt', { code })}
      </Button>
    </Notice>
  )
}
