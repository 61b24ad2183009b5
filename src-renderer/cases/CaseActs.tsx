import { Button } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { CaseDetail } from '../../src-shared/bridge.ts'
import type { CommandName } from '../../src-shared/cases/commands.ts'
import { KeyButton } from '../keyboard/KeyButton.tsx'
import { useSession } from '../session/session-store.ts'
import { sayCode, useSay } from '../session/words.ts'
import { Notice } from '../ui/Notice.tsx'
import { ActDialog } from './ActDialog.tsx'
import type { Act } from './act.ts'
import { restoreActDrafts } from './act-drafts.ts'
import { acts } from './acts.ts'
import { useAskedAct } from './asked-act.ts'
import classes from './case-panel.module.css'

/** What somebody has asked for and waits to be decided stands before everything else, the yes beside the no. */
const awaited: readonly CommandName[] = [
  'slip.accept-return',
  'slip.reject-return',
  'pause.confirm',
  'pause.refuse',
  'recording.grant',
  'recording.deny',
]

/** What carries a case forward, and may therefore stand under the key; a refusal or a correction is never one slip away. */
const leading: readonly CommandName[] = [
  'slip.accept-return',
  'pause.confirm',
  'case.answer',
  'slip.send',
  'competence.set',
  'citizen.tell',
  'case.close',
  'slip.remind',
  'slip.open',
  'slip.answer',
  'supplement.receive',
]

/** What this person may do with the case now; the first that carries it forward has the key. */
export function CaseActs({ detail }: { detail: CaseDetail }) {
  const say = useSay()
  const accountId = useSession((session) => session.state?.account?.id)
  const [open, setOpen] = useState<Act | null>(null)
  useEffect(() => {
    if (accountId !== undefined) void restoreActDrafts(accountId)
  }, [accountId])
  const possible = actsFor(detail)
  const refused = useAsked(detail, possible, setOpen)
  const first = possible.find(({ command }) => leading.includes(command))
  const others = possible.filter((act) => act !== first)
  return (
    <div className={classes.acts} role="toolbar" aria-label={say('case.acts')}>
      {first && (
        <KeyButton
          shortcut="cases.act"
          label={sayCode(say, 'command', first.command)}
          variant="filled"
          size="compact-md"
          onPress={() => setOpen(first)}
        />
      )}
      {others.map((act) => (
        <Button key={act.command} size="compact-md" variant="default" onClick={() => setOpen(act)}>
          {sayCode(say, 'command', act.command)}
        </Button>
      ))}
      <KeyButton
        shortcut="cases.print"
        label={say('paper.print')}
        icon={<IconPrinter size={15} aria-hidden="true" />}
        variant="subtle"
        size="compact-md"
        ml="auto"
        onPress={() => window.print()}
      />
      {refused !== null && (
        <Notice tone="soon">{say('outbox.notPossible', { act: sayCode(say, 'command', refused) })}</Notice>
      )}
      {open && <ActDialog key={open.command} act={open} detail={detail} onClose={() => setOpen(null)} />}
    </div>
  )
}

/** Opens the act that was asked for from another room; answers its name where it cannot be done with this case any more. */
function useAsked({ state }: CaseDetail, possible: readonly Act[], open: (act: Act) => void): CommandName | null {
  const asked = useAskedAct((store) => store.asked)
  const [refused, setRefused] = useState<CommandName | null>(null)
  const isMine = asked?.caseId === state.id
  useEffect(() => {
    if (!isMine) return
    const act = possible.find(({ command }) => command === asked.command)
    if (act === undefined) setRefused(asked.command)
    else open(act)
    useAskedAct.setState({ asked: null })
  }, [isMine, asked, possible, open])
  return refused
}

/** A citizen who was told once may be told again, but that is no longer the first thing to do. */
function actsFor({ available, state }: CaseDetail): readonly Act[] {
  const possible = acts.filter(({ command }) => available.includes(command))
  const rank = ({ command }: Act) =>
    awaited.includes(command) ? 0 : command === 'citizen.tell' && state.citizenToldAt !== null ? 2 : 1
  return possible.toSorted((a, b) => rank(a) - rank(b))
}
