import { Button, Group, Modal } from '@mantine/core'
import { useState } from 'react'
import type { CaseDetail } from '../../src-shared/bridge.ts'
import { RemoteFailure } from '../bridge.ts'
import { useShortcut } from '../keyboard/keys.ts'
import { registerNow } from '../session/now.ts'
import { useSession } from '../session/session-store.ts'
import { failureWords, sayCode, useSay } from '../session/words.ts'
import { KeyCap } from '../ui/KeyCap.tsx'
import { Notice } from '../ui/Notice.tsx'
import { ActFieldInput } from './ActFieldInput.tsx'
import { ActNote } from './ActNote.tsx'
import type { Act, Values } from './act.ts'
import { actDraftId, forgetAct, keepAct, useActDrafts } from './act-drafts.ts'
import { seenTo } from './asked-act.ts'
import classes from './case-panel.module.css'
import { outcomeWords } from './problems.ts'
import { command } from './register-case.ts'

interface Props {
  act: Act
  detail: CaseDetail
  onClose: () => void
}

/** One act. A refusal is shown in the dialog and leaves everything typed where it is; so does closing it. */
export function ActDialog({ act, detail, onClose }: Props) {
  const say = useSay()
  const { state } = detail
  const directory = useSession((session) => session.reference?.directory ?? null)
  const draftId = actDraftId(state.id, act.command)
  const kept = useActDrafts(({ kept }) => kept[draftId])
  const [first] = useState<Values>(() => act.defaults?.(state, registerNow(), directory) ?? {})
  const [wasKept] = useState(kept !== undefined)
  const [problem, setProblem] = useState<string | null>(null)
  const [isGiving, setGiving] = useState(false)
  const values = kept ?? first
  const title = sayCode(say, 'command', act.command)

  const give = async () => {
    setGiving(true)
    try {
      const input = act.input(values, state, registerNow())
      const words = outcomeWords(await command(state.id, { name: act.command, input }), say)
      setProblem(words)
      if (words !== null) return
      onClose()
      await forgetAct(draftId)
      if (values.refusedId !== undefined) await seenTo([values.refusedId])
    } catch (failure) {
      if (!(failure instanceof RemoteFailure)) throw failure
      setProblem(failureWords(say, failure))
    } finally {
      setGiving(false)
    }
  }

  useShortcut('cases.act', () => void give(), true, true)

  return (
    <Modal
      opened
      onClose={onClose}
      title={`${title} · ${state.code}`}
      size="md"
      closeButtonProps={{ 'aria-label': say('ui.close') }}
    >
      <form
        className={classes.form}
        aria-label={title}
        onSubmit={(event) => {
          event.preventDefault()
          void give()
        }}
      >
        <ActNote command={act.command} values={values} detail={detail} />
        {act.fields.map((field, index) => (
          <ActFieldInput
            key={field.name}
            field={field}
            state={state}
            isFirst={index === 0}
            value={values[field.name] ?? ''}
            onChange={(value) => keepAct(draftId, { ...values, [field.name]: value })}
          />
        ))}
        {act.fields.length === 0 && <p className={classes.sure}>{say('act.sure', { act: title })}</p>}
        {problem !== null && (
          <Notice tone="late">
            {problem} {say('problem.kept')}
          </Notice>
        )}
        {wasKept && kept !== undefined && (
          <p className={classes.keptNote}>
            {say('act.kept')}{' '}
            <button type="button" className={classes.link} onClick={() => void forgetAct(draftId)}>
              {say('act.clear')}
            </button>
          </p>
        )}
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            {say('ui.cancel')}
          </Button>
          <Button type="submit" loading={isGiving} rightSection={<KeyCap>Ctrl+Enter</KeyCap>}>
            {title}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
