import { Button, Group, Radio, Select, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { BridgeOutput } from '../../src-shared/bridge.ts'
import type { Policy } from '../../src-shared/deadlines/policy.ts'
import { RemoteFailure } from '../bridge.ts'
import { localDateOf } from '../deadlines/times.ts'
import { bridge } from '../session/desk.ts'
import { registerNow } from '../session/now.ts'
import { useSession } from '../session/session-store.ts'
import { failureWords, useSay } from '../session/words.ts'
import { Notice } from '../ui/Notice.tsx'
import { Section } from '../ui/Section.tsx'
import classes from './calendar.module.css'
import { DateField } from './DateField.tsx'
import { askedEntries } from './pending.ts'
import { openPending, usePending } from './pending-store.ts'
import { WhatIfAnswer } from './WhatIfAnswer.tsx'
import { emptyWhatIf, questionOf, type WhatIfForm, type WhatIfProblems } from './what-if.ts'

type Answer = BridgeOutput<'whatIf.run'>

/** Other rules over cases of the past, for whoever must decide on a rule. Reads only. */
export function WhatIfSection({ policy }: { policy: Policy }) {
  const say = useSay()
  const book = useSession((session) => session.hours?.book)
  const accountId = useSession((session) => session.state?.account?.id)
  const isConnected = useSession((session) => session.state?.link.kind === 'connected')
  const entries = usePending((state) => state.entries)
  const calendars = book?.ids.map((id) => ({ value: id, label: book.chain(id)[0].name })) ?? []
  const [form, setForm] = useState<WhatIfForm>(() => emptyWhatIf(localDateOf(registerNow()), calendars[0]?.value ?? ''))
  const [problems, setProblems] = useState<WhatIfProblems>({})
  const [answer, setAnswer] = useState<Answer | null>(null)
  const [failure, setFailure] = useState<RemoteFailure | null>(null)
  const [isAsking, setIsAsking] = useState(false)
  useEffect(() => {
    if (accountId !== undefined) void openPending(accountId)
  }, [accountId])

  const set = (change: Partial<WhatIfForm>) => {
    setForm({ ...form, ...change })
    setProblems({})
    setAnswer(null)
  }
  const pending = askedEntries(entries, form.calendarId)
  const ask = async () => {
    const made = questionOf(form, pending)
    if (!made.ok) return setProblems(made.problems)
    setIsAsking(true)
    setFailure(null)
    try {
      setAnswer(await bridge().call('whatIf.run', made.question))
    } catch (caught) {
      if (!(caught instanceof RemoteFailure)) throw caught
      setFailure(caught)
    } finally {
      setIsAsking(false)
    }
  }
  const errorOf = (name: keyof WhatIfForm) => (problems[name] === undefined ? undefined : say(problems[name]))
  const text = (name: 'focalOfficerHours' | 'headHours') => ({
    value: form[name],
    error: errorOf(name),
    onChange: (event: React.ChangeEvent<HTMLInputElement>) => set({ [name]: event.currentTarget.value }),
  })
  return (
    <Section title={say('whatIf.title')}>
      <form
        className={classes.whatIf}
        aria-label={say('whatIf.title')}
        onSubmit={(event) => {
          event.preventDefault()
          void ask()
        }}
      >
        <p className={classes.hint}>{say('whatIf.hint')}</p>
        <Group gap={16} align="flex-start">
          <DateField
            w={160}
            label={say('whatIf.from')}
            value={form.from}
            error={errorOf('from')}
            onValue={(from) => set({ from })}
          />
          <DateField
            w={160}
            label={say('whatIf.to')}
            value={form.to}
            error={errorOf('to')}
            onValue={(to) => set({ to })}
          />
          <TextInput
            w={210}
            inputMode="decimal"
            label={say('whatIf.focalOfficerHours')}
            placeholder={say('whatIf.asNow', { value: policy.focalOfficerWorkingHours })}
            {...text('focalOfficerHours')}
          />
          <TextInput
            w={210}
            inputMode="decimal"
            label={say('whatIf.headHours')}
            placeholder={say('whatIf.asNow', { value: policy.headWorkingHours })}
            {...text('headHours')}
          />
          <Select
            w={320}
            label={say('whatIf.reading')}
            data={(['same', 'R1', 'R2', 'R3'] as const).map((value) => ({
              value,
              label: value === 'same' ? say('whatIf.same') : say(`policy.reading.${value}`),
            }))}
            value={form.reading}
            error={errorOf('reading')}
            allowDeselect={false}
            onChange={(value) => value && set({ reading: value as WhatIfForm['reading'] })}
          />
        </Group>
        <Radio.Group
          label={say('whatIf.calendar')}
          value={form.calendar}
          error={errorOf('calendar')}
          onChange={(value) => set({ calendar: value as WhatIfForm['calendar'] })}
        >
          <Group gap={16} mt={4}>
            {(['same', 'other', 'pending'] as const).map((value) => (
              <Radio key={value} size="xs" value={value} label={say(`whatIf.calendar.${value}`)} />
            ))}
          </Group>
        </Radio.Group>
        {form.calendar !== 'same' && (
          <Group gap={16} align="flex-start">
            <Select
              w={400}
              label={say(form.calendar === 'other' ? 'whatIf.ofCalendar' : 'whatIf.pendingOf')}
              data={calendars}
              value={form.calendarId}
              allowDeselect={false}
              onChange={(value) => value && set({ calendarId: value })}
            />
            {form.calendar === 'other' && (
              <Select
                w={400}
                label={say('whatIf.useInstead')}
                data={calendars}
                value={form.useInstead === '' ? null : form.useInstead}
                error={errorOf('useInstead')}
                onChange={(value) => set({ useInstead: value ?? '' })}
              />
            )}
            {form.calendar === 'pending' && (
              <p className={classes.counts}>
                {say('whatIf.pendingCount', { count: pending.days.length + pending.weeks.length })}
              </p>
            )}
          </Group>
        )}
        {!isConnected && <Notice tone="soon">{say('whatIf.offline')}</Notice>}
        <div>
          <Button type="submit" loading={isAsking} disabled={!isConnected}>
            {say('whatIf.run')}
          </Button>
        </div>
        {failure && <Notice tone="late">{failureWords(say, failure)}</Notice>}
      </form>
      {answer && <WhatIfAnswer answer={answer} />}
    </Section>
  )
}
