import { Button, Group, TextInput } from '@mantine/core'
import { type MouseEvent, useRef, useState } from 'react'
import { clockTime } from '../deadlines/times.ts'
import { useSession } from '../session/session-store.ts'
import { sayCode, useSay } from '../session/words.ts'
import { Empty } from '../ui/Empty.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Section } from '../ui/Section.tsx'
import { Signal } from '../ui/Signal.tsx'
import classes from './calendar.module.css'
import { entryReason, entryTitle } from './entry-words.ts'
import { askImpact, useImpact } from './impact-store.ts'
import { askedEntries, type PendingEntry } from './pending.ts'
import { confirmPending, giveAct, removePending, usePending } from './pending-store.ts'
import { problemWords } from './problem-words.ts'
import { focusYear } from './YearGrid.tsx'

interface Props {
  calendarId: string
  onMend: (entry: PendingEntry) => void
  onAsked: () => void
}

/** Entries that are only on this computer so far, and the way to see what they would move. */
export function PendingList({ calendarId, onMend, onAsked }: Props) {
  const say = useSay()
  const all = usePending((state) => state.entries)
  const savedAt = usePending((state) => state.savedAt)
  const isConnected = useSession((session) => session.state?.link.kind === 'connected')
  const isAsking = useImpact((state) => state.isAsking)
  const list = useRef<HTMLUListElement>(null)
  const entries = all.filter((entry) => entry.calendarId === calendarId)
  const proposed = entries.filter(({ isConfirmed }) => !isConfirmed)
  const asked = askedEntries(all, calendarId)
  const count = asked.days.length + asked.weeks.length
  return (
    <Section
      title={say('pending.title', { count: entries.length })}
      aside={savedAt !== null && entries.length > 0 && say('pending.savedAt', { at: clockTime(savedAt) })}
    >
      {entries.length === 0 ? (
        <Empty>{say('pending.none')}</Empty>
      ) : (
        <>
          {proposed.length > 0 && (
            <Proposed entries={proposed} calendarId={calendarId} onGone={() => list.current?.focus()} />
          )}
          <ul ref={list} tabIndex={-1} className={classes.pending}>
            {entries.map((entry) => (
              <Entry key={entry.id} entry={entry} onMend={onMend} />
            ))}
          </ul>
          {!isConnected && <Notice tone="soon">{say('impact.offline')}</Notice>}
          <Group gap={8} mt={8}>
            <Button
              disabled={!isConnected || count === 0}
              loading={isAsking}
              onClick={() => {
                void askImpact(asked)
                onAsked()
              }}
            >
              {say('impact.ask')}
            </Button>
            <span className={classes.hint}>{say(count === 0 ? 'impact.noneConfirmed' : 'impact.askHint')}</span>
          </Group>
        </>
      )}
    </Section>
  )
}

interface ProposedProps {
  entries: readonly PendingEntry[]
  calendarId: string
  /** The pressed key is about to go: the list takes the focus. */
  onGone: () => void
}

/** Proposals are confirmed one by one, or together once the announcement's number is there. */
function Proposed({ entries, calendarId, onGone }: ProposedProps) {
  const say = useSay()
  const [act, setAct] = useState('')
  const doing = (change: () => void) => {
    onGone()
    change()
  }
  const lacking = entries.filter((entry) => entry.act === '').length
  const ready = entries.filter((entry) => entry.act !== '').map(({ id }) => id)
  return (
    <div className={classes.proposed}>
      <Notice tone="calm">{say('pending.proposed', { count: entries.length })}</Notice>
      <Group gap={8} align="flex-end">
        {lacking > 0 && (
          <>
            <TextInput
              w="100%"
              label={say('pending.commonAct', { count: lacking })}
              placeholder={say('entry.actHint')}
              maxLength={300}
              value={act}
              onChange={(event) => setAct(event.currentTarget.value)}
            />
            <Button
              variant="default"
              disabled={act.trim() === ''}
              onClick={() => doing(() => giveAct(calendarId, act.trim()))}
            >
              {say('pending.giveAct')}
            </Button>
          </>
        )}
        <Button variant="default" disabled={ready.length === 0} onClick={() => doing(() => confirmPending(ready))}>
          {say('pending.confirmAll', { count: ready.length })}
        </Button>
        <Button variant="subtle" onClick={() => doing(() => removePending(entries.map(({ id }) => id)))}>
          {say('pending.removeProposed')}
        </Button>
      </Group>
    </div>
  )
}

function Entry({ entry, onMend }: { entry: PendingEntry; onMend: (entry: PendingEntry) => void }) {
  const say = useSay()
  const asked = useImpact((state) => state.asked)
  const found = useImpact((state) => state.preview?.problems) ?? []
  const problems = asked === null ? [] : found.filter(({ path }) => asked.ownerOf(path) === entry.id)
  const title = entryTitle(entry, say)
  return (
    <li data-confirmed={entry.isConfirmed}>
      <div className={classes.entryWords}>
        <strong>{title}</strong>
        {entry.type === 'days' && <span className={classes.dim}> · {sayCode(say, 'dayKind', entry.kind)}</span>}
        <div>{entryReason(entry, say)}</div>
        <div className={classes.dim}>{entry.act === '' ? say('pending.actMissing') : entry.act}</div>
        {problems.map((problem) => (
          <Notice key={`${problem.path} ${problem.code}`} tone="late">
            {problemWords(say, problem.code, problem.params, problem.message)}
          </Notice>
        ))}
      </div>
      <Group gap={4}>
        {!entry.isConfirmed && <Signal tone="soon">{say('pending.unconfirmed')}</Signal>}
        {!entry.isConfirmed && (
          <Button
            size="compact-sm"
            variant="default"
            disabled={entry.act === ''}
            aria-label={say('pending.confirmNamed', { title })}
            onClick={(event) => {
              toNeighbour(event)
              confirmPending([entry.id])
            }}
          >
            {say('pending.confirm')}
          </Button>
        )}
        <Button
          size="compact-sm"
          variant="default"
          aria-label={say('pending.mendNamed', { title })}
          onClick={() => onMend(entry)}
        >
          {say('pending.mend')}
        </Button>
        <Button
          size="compact-sm"
          variant="subtle"
          aria-label={say('pending.removeNamed', { title })}
          onClick={(event) => {
            toNeighbour(event)
            removePending([entry.id])
          }}
        >
          {say('pending.remove')}
        </Button>
      </Group>
    </li>
  )
}

/** A key that goes with its entry hands the focus to the next entry, or the one before. */
function toNeighbour({ currentTarget }: MouseEvent<HTMLElement>): void {
  const item = currentTarget.closest('li')
  const neighbour = item?.nextElementSibling ?? item?.previousElementSibling
  const key = neighbour?.querySelector<HTMLElement>('button:not([disabled])')
  if (key) key.focus()
  else focusYear()
}
