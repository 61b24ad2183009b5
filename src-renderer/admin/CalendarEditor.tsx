import { Button, Group, VisuallyHidden } from '@mantine/core'
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { WorkingTime } from '../../src-shared/deadlines/working-time.ts'
import { useSession } from '../session/session-store.ts'
import { useSay } from '../session/words.ts'
import classes from './calendar.module.css'
import { EntryPanel } from './EntryPanel.tsx'
import { type EntryForm, formFor, formOfEntry } from './entry-form.ts'
import { entryTitle } from './entry-words.ts'
import { datesIn, type Stretch } from './grid-keys.ts'
import { ImpactPanel } from './ImpactPanel.tsx'
import { forgetImpact } from './impact-store.ts'
import { PendingList } from './PendingList.tsx'
import { ProposalDialog } from './ProposalDialog.tsx'
import { datesOf, type PendingEntry, type PendingInput } from './pending.ts'
import { addPending, flushPending, openPending, replacePending, usePending } from './pending-store.ts'
import { focusYear, YearGrid } from './YearGrid.tsx'
import type { DayCell } from './year.ts'

interface Props {
  calendarId: string
  calendarName: string
  hours: WorkingTime
  year: number
  cells: readonly (readonly DayCell[])[]
  stretch: Stretch
  onStretch: (stretch: Stretch) => void
  toolbar: ReactNode
  facts: ReactNode
  legend: ReactNode
}

/** The year beside the form for its chosen days; below, what waits to be written and what it would move. */
export function CalendarEditor(props: Props) {
  const { calendarId, calendarName, hours, year, cells, stretch, onStretch, toolbar, facts, legend } = props
  const say = useSay()
  const accountId = useSession((session) => session.state?.account?.id)
  const isOpen = usePending((state) => state.accountId !== null)
  const entries = usePending((state) => state.entries)
  const [form, setForm] = useState<EntryForm>(() => formFor(hours, stretch.focus))
  const [mending, setMending] = useState<PendingEntry | null>(null)
  const [isProposing, setIsProposing] = useState(false)
  const [said, setSaid] = useState('')
  const firstField = useRef<HTMLDivElement>(null)
  const impact = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (accountId !== undefined) void openPending(accountId)
    return () => {
      void flushPending()
      forgetImpact()
    }
  }, [accountId])

  const toForm = useCallback(() => firstField.current?.querySelector<HTMLElement>('input:checked')?.focus(), [])
  useEffect(() => {
    if (mending !== null) toForm()
  }, [mending, toForm])

  const own = entries.filter((entry) => entry.calendarId === calendarId)
  const pending = useMemo(() => new Set(own.flatMap(datesOf)), [own])
  const dates = mending?.type === 'days' ? mending.on : mending?.type === 'swap' ? [mending.off] : datesIn(stretch)

  const { focus } = stretch
  const isMending = mending !== null
  useEffect(() => {
    if (isMending) return
    // The usual hours of another weekday may be others; what the person typed about reason and act stays.
    const { hours: usual, from } = formFor(hours, focus)
    setForm((kept) => ({ ...kept, hours: usual, from }))
  }, [focus, hours, isMending])
  const put = (inputs: readonly PendingInput[]) => {
    if (mending === null || inputs.length !== 1) addPending(inputs)
    else replacePending(mending.id, inputs[0]!)
    setMending(null)
    setForm({ ...formFor(hours, stretch.focus), act: form.act, kind: form.kind })
    const titles = inputs.map((input) => entryTitle({ ...input, id: '' } as PendingEntry, say)).join('; ')
    setSaid(say('pending.added', { title: titles }))
    focusYear()
  }
  const mend = (entry: PendingEntry) => {
    setMending(entry)
    setForm(formOfEntry(entry, hours))
  }
  if (!isOpen) return null
  return (
    <>
      <Group gap={16} align="flex-end">
        {toolbar}
        <Button variant="default" onClick={() => setIsProposing(true)}>
          {say('proposal.ask', { year })}
        </Button>
        {legend}
      </Group>
      <div className={classes.editor}>
        <div className={classes.yearSide}>
          <YearGrid
            cells={cells}
            calendarName={calendarName}
            stretch={stretch}
            onStretch={onStretch}
            onChoose={toForm}
            pending={pending}
          />
          {facts}
          <p className={classes.hint}>{say('entry.keys')}</p>
        </div>
        <div className={classes.formSide}>
          <EntryPanel
            form={form}
            onForm={setForm}
            dates={dates}
            calendarId={calendarId}
            hours={hours}
            isMending={isMending}
            onEntries={put}
            onCancel={() => {
              setMending(null)
              setForm(formFor(hours, stretch.focus))
            }}
            first={firstField}
          />
          <PendingList calendarId={calendarId} onMend={mend} onAsked={() => impact.current?.focus()} />
        </div>
        <ImpactPanel calendarId={calendarId} place={impact} />
      </div>
      <VisuallyHidden role="status">{said}</VisuallyHidden>
      {isProposing && (
        <ProposalDialog
          year={year}
          calendarId={calendarId}
          hours={hours}
          onClose={() => setIsProposing(false)}
          onEntries={(inputs) => {
            addPending(inputs)
            setIsProposing(false)
            setSaid(say('proposal.taken', { count: inputs.length }))
          }}
        />
      )}
    </>
  )
}
