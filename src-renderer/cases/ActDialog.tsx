import { Button, Group, Modal, Select, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { type CaseState, contactWays } from '../../src-shared/cases/case.ts'
import { RemoteFailure } from '../bridge.ts'
import { useShortcut } from '../keyboard/keys.ts'
import { registerNow } from '../session/now.ts'
import { useSession } from '../session/session-store.ts'
import { failureWords, sayCode, useSay } from '../session/words.ts'
import { capital } from '../ui/capital.ts'
import { KeyCap } from '../ui/KeyCap.tsx'
import { Notice } from '../ui/Notice.tsx'
import type { Act, ActField, Values } from './acts.ts'
import classes from './case-panel.module.css'
import { outcomeWords } from './problems.ts'
import { command } from './register-case.ts'

interface Props {
  act: Act
  state: CaseState
  onClose: () => void
}

/** One act. A refusal is shown in the dialog and leaves everything typed where it is. */
export function ActDialog({ act, state, onClose }: Props) {
  const say = useSay()
  const [values, setValues] = useState<Values>(() => act.defaults?.(state, registerNow()) ?? {})
  const [problem, setProblem] = useState<string | null>(null)
  const [isGiving, setGiving] = useState(false)
  const title = sayCode(say, 'command', act.command)

  const give = async () => {
    setGiving(true)
    try {
      const input = act.input(values, state, registerNow())
      const words = outcomeWords(await command(state.id, { name: act.command, input }), say)
      setProblem(words)
      if (words === null) onClose()
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
        {act.fields.map((field, index) => (
          <Field
            key={field.name}
            field={field}
            state={state}
            isFirst={index === 0}
            value={values[field.name] ?? ''}
            onChange={(value) => setValues((before) => ({ ...before, [field.name]: value }))}
          />
        ))}
        {act.fields.length === 0 && <p>{say('act.sure', { act: title })}</p>}
        {problem !== null && (
          <Notice tone="late">
            {problem} {say('problem.kept')}
          </Notice>
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

interface FieldProps {
  field: ActField
  state: CaseState
  value: string
  isFirst: boolean
  onChange: (value: string) => void
}

function Field({ field, state, value, isFirst, onChange }: FieldProps) {
  const say = useSay()
  const choices = useChoices(field, state)
  const rest = { label: say(field.wordKey), ...(isFirst ? { 'data-autofocus': true } : {}) }
  if (choices !== null) {
    return (
      <Select
        {...rest}
        data={choices}
        value={value === '' ? null : value}
        searchable={choices.length > 8}
        onChange={(chosen) => onChange(chosen ?? '')}
      />
    )
  }
  if (field.kind === 'text') {
    return (
      <Textarea
        {...rest}
        minRows={3}
        maxRows={12}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    )
  }
  // The browser's own date fields follow its language, not the page's: an English Chromium would ask for AM and PM.
  const pattern =
    field.kind === 'instant' ? say('act.instantPattern') : field.kind === 'date' ? say('act.datePattern') : ''
  return (
    <TextInput
      {...rest}
      placeholder={pattern}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

const callResults = ['no-answer', 'busy', 'cannot-answer-now', 'unreachable'] as const

function useChoices(field: ActField, state: CaseState): { value: string; label: string }[] | null {
  const say = useSay()
  const agencies = useSession((session) => session.reference?.directory.agencies)
  const reasons = useSession((session) => session.policy?.refusalReasons)
  switch (field.kind) {
    case 'agency':
      return (agencies ?? []).map(({ id, name }) => ({ value: id, label: name }))
    case 'contact-way':
      return contactWays.map((value) => ({ value, label: capital(sayCode(say, 'way', value)) }))
    case 'refusal-reason':
      return (reasons ?? []).map(({ code, label }) => ({ value: code, label }))
    case 'call-result':
      return callResults.map((value) => ({ value, label: capital(sayCode(say, 'call-result', value)) }))
    case 'consult':
      return state.consults
        .filter(({ repliedAt }) => repliedAt === null)
        .map(({ id, question }) => ({ value: id, label: question }))
    default:
      return null
  }
}
