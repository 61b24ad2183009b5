import { Button } from '@mantine/core'
import { IconUser } from '@tabler/icons-react'
import { isFinal } from '../../src-shared/cases/lifecycle.ts'
import type { CaseRow } from '../../src-shared/cases/views.ts'
import { activeDraft, editDraft, useDrafts } from '../cases/draft-store.ts'
import { showCase } from '../console/room-store.ts'
import { DeadlineChip } from '../deadlines/DeadlineChip.tsx'
import { shortTime } from '../deadlines/times.ts'
import { useNow } from '../session/now.ts'
import { sayCode, useSay } from '../session/words.ts'
import { Empty } from '../ui/Empty.tsx'
import { Section } from '../ui/Section.tsx'
import { type Caller, useCaller } from './caller.ts'
import classes from './callers.module.css'
import { foremost, isLive, ringing, spacedNumber, usePhone } from './phone-state.ts'

/** Who rings or speaks, or else whose number stands in the draft; what they rang about before. */
export function CallerPanel() {
  const say = useSay()
  const lines = usePhone().lines.filter(isLive)
  const line = ringing(lines) ?? foremost(lines)
  const typed = useDrafts(({ drafts, activeId }) => drafts.find((d) => d.draftId === activeId)?.form.phone ?? '')
  const number = line?.number ?? typed
  const caller = useCaller(number)
  if (number.trim() === '') {
    return (
      <Section title={say('caller.title')}>
        <Empty>{say('caller.empty')}</Empty>
      </Section>
    )
  }
  const name = caller?.citizen?.name ?? ''
  return (
    <div className={classes.caller}>
      <Section title={say(line?.state === 'ringing' ? 'caller.ringing' : 'caller.title')}>
        <p className={classes.who}>{name === '' ? say('caller.unknown') : name}</p>
        <dl className={classes.facts}>
          <dt>{say('field.phone')}</dt>
          <dd>{spacedNumber(number)}</dd>
          {caller?.citizen?.address && (
            <>
              <dt>{say('field.address')}</dt>
              <dd>{caller.citizen.address}</dd>
            </>
          )}
          {caller?.citizen?.email && (
            <>
              <dt>{say('field.email')}</dt>
              <dd>{caller.citizen.email}</dd>
            </>
          )}
        </dl>
        {caller?.citizen && <UseCitizen citizen={caller.citizen} phone={number} />}
      </Section>
      <PastCases caller={caller} />
    </div>
  )
}

function UseCitizen({ citizen, phone }: { citizen: NonNullable<Caller['citizen']>; phone: string }) {
  const say = useSay()
  return (
    <Button
      mt={8}
      size="compact-sm"
      variant="light"
      leftSection={<IconUser size={14} aria-hidden="true" />}
      onClick={() => {
        const draft = activeDraft()
        if (draft) editDraft(draft.draftId, { ...citizen, phone })
      }}
    >
      {say('caller.use')}
    </Button>
  )
}

function PastCases({ caller }: { caller: Caller | null }) {
  const say = useSay()
  const rows = caller?.rows ?? []
  const open = rows.filter((row) => !isFinal(row.stage))
  const done = rows.filter((row) => isFinal(row.stage))
  if (rows.length === 0) {
    return (
      <Section title={say('caller.past')}>
        <Empty>{say('caller.noPast')}</Empty>
      </Section>
    )
  }
  return (
    <>
      {open.length > 0 && <CaseGroup title={say('caller.open', { count: open.length })} rows={open} />}
      {done.length > 0 && <CaseGroup title={say('caller.past')} rows={done} />}
    </>
  )
}

function CaseGroup({ title, rows }: { title: string; rows: readonly CaseRow[] }) {
  const say = useSay()
  const now = useNow(60)
  return (
    <Section title={title}>
      <ul className={classes.past}>
        {rows.map((row) => (
          <li key={row.caseId}>
            <button type="button" className={classes.pastCase} onClick={() => showCase(row.caseId)}>
              <span className={classes.pastHead}>
                <span className={classes.pastCode}>{row.code}</span>
                {row.clock && row.clock.state !== 'ended' ? (
                  <DeadlineChip clock={row.clock} />
                ) : (
                  <span className={classes.dim}>{sayCode(say, 'stage', row.stage)}</span>
                )}
              </span>
              <span className={classes.pastText}>{row.excerpt}</span>
              <span className={classes.dim}>{shortTime(row.openedAt, now)}</span>
            </button>
          </li>
        ))}
      </ul>
    </Section>
  )
}
