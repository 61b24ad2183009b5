import { Button, Group, Textarea } from '@mantine/core'
import { useMemo, useState } from 'react'
import type { CaseDetail } from '../../src-shared/bridge.ts'
import { findPersonalData, redact } from '../../src-shared/cases/redact.ts'
import { RemoteFailure } from '../bridge.ts'
import { useSession } from '../session/session-store.ts'
import { failureWords, sayCode, useSay } from '../session/words.ts'
import { Notice } from '../ui/Notice.tsx'
import { Section } from '../ui/Section.tsx'
import classes from './case-panel.module.css'
import { outcomeWords } from './problems.ts'
import { command } from './register-case.ts'

/** D10: what the public would read, already without personal data; a person reads it before it goes out. */
export function PublishPanel({ detail: { state } }: { detail: CaseDetail }) {
  const say = useSay()
  const agencies = useSession((session) => session.reference?.directory.agencies)
  const options = useMemo(
    () => ({ citizen: state.citizen, publicPhones: (agencies ?? []).map(({ phone }) => phone) }),
    [state.citizen, agencies],
  )
  const [question, setQuestion] = useState(() => redact(state.content, options))
  const [answer, setAnswer] = useState(() => redact(state.answers.at(-1)?.text ?? '', options))
  const [problem, setProblem] = useState<string | null>(null)
  const [isGiving, setGiving] = useState(false)
  const left = findPersonalData(`${question}\n${answer}`, options)

  const publish = async () => {
    setGiving(true)
    try {
      setProblem(outcomeWords(await command(state.id, { name: 'answer.publish', input: { question, answer } }), say))
    } catch (failure) {
      if (!(failure instanceof RemoteFailure)) throw failure
      setProblem(failureWords(say, failure))
    } finally {
      setGiving(false)
    }
  }

  return (
    <Section title={say('publish.title')}>
      <div className={classes.form}>
        <Textarea
          label={say('publish.question')}
          minRows={2}
          maxRows={8}
          value={question}
          onChange={(event) => setQuestion(event.currentTarget.value)}
        />
        <Textarea
          label={say('publish.answer')}
          minRows={2}
          maxRows={8}
          value={answer}
          onChange={(event) => setAnswer(event.currentTarget.value)}
        />
        {left.length > 0 && (
          <Notice tone="soon">
            {say('publish.left', {
              found: left.map(({ kind, found }) => `${sayCode(say, 'personal-data', kind)} “${found}”`).join(', '),
            })}
          </Notice>
        )}
        {problem !== null && <Notice tone="late">{problem}</Notice>}
        <Group gap={8}>
          <Button size="compact-md" loading={isGiving} onClick={() => void publish()}>
            {say('command.answer.publish')}
          </Button>
        </Group>
      </div>
    </Section>
  )
}
