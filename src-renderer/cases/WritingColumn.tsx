import { ActionIcon, Checkbox, Select, Tooltip, VisuallyHidden } from '@mantine/core'
import { IconDeviceFloppy, IconPlus, IconTrash, IconX } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { caseKinds, channels } from '../../src-shared/cases/case.ts'
import { showRoom } from '../console/room-store.ts'
import { KeyButton } from '../keyboard/KeyButton.tsx'
import { useShortcut } from '../keyboard/keys.ts'
import { useSession } from '../session/session-store.ts'
import { sayCode, useSay } from '../session/words.ts'
import { capital } from '../ui/capital.ts'
import { Notice } from '../ui/Notice.tsx'
import { isUntouched, isWritten } from './case-form.ts'
import classes from './cases.module.css'
import { activateDraft, discardDraft, newDraft, nextDraft, useDrafts } from './draft-store.ts'
import { EmergencyStrip } from './EmergencyCards.tsx'
import { AreaChoice, DraftArea, DraftText, FieldChoice, useField } from './fields.tsx'
import { ReceiptCode } from './ReceiptCode.tsx'
import { RegisteredNote } from './RegisteredNote.tsx'
import { registerCase } from './register-case.ts'
import { WayPanel } from './WayPanel.tsx'

/** The middle of the Trực room: what is being written, from first word to decision, in the order of speech. */
export function WritingColumn() {
  const say = useSay()
  const activeId = useDrafts((state) => state.activeId)
  const top = useRef<HTMLDivElement>(null)
  useShortcut('writing.next', nextDraft)
  // Another draft is read from its first field, wherever the last one was left.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the draft is what it waits for.
  useEffect(() => {
    top.current?.scrollIntoView({ block: 'start' })
  }, [activeId])
  return (
    <div ref={top} className={classes.writing}>
      <EmergencyStrip />
      <DraftTabs />
      {activeId !== null && (
        <form
          key={activeId}
          className={classes.form}
          aria-label={say('writing.form')}
          onSubmit={(event) => event.preventDefault()}
        >
          <CaseFields draftId={activeId} />
          <WayPanel draftId={activeId} />
          <SaveRow draftId={activeId} />
        </form>
      )}
    </div>
  )
}

function DraftTabs() {
  const say = useSay()
  const drafts = useDrafts((state) => state.drafts)
  const activeId = useDrafts((state) => state.activeId)
  return (
    <div className={classes.tabs}>
      <div className={classes.tabList} role="tablist" aria-label={say('writing.drafts')}>
        {drafts.map(({ draftId, form, code }, index) => (
          <button
            key={draftId}
            type="button"
            role="tab"
            className={classes.tab}
            aria-selected={draftId === activeId}
            onClick={() => activateDraft(draftId)}
          >
            {code ?? say('writing.draft', { n: index + 1 })}{' '}
            <span className={classes.tabHint}>{form.name || form.content.slice(0, 24)}</span>
          </button>
        ))}
      </div>
      <KeyButton
        shortcut="writing.new"
        label={say('writing.new')}
        icon={<IconPlus size={14} aria-hidden="true" />}
        variant="subtle"
        onPress={() => {
          newDraft()
          // By its key also from another room, as when the telephone rings over a case.
          showRoom('duty')
          focusContent()
        }}
      />
    </div>
  )
}

/** Asked for by a key, so the focus may go there. */
function focusContent(): void {
  requestAnimationFrame(() => document.querySelector<HTMLTextAreaElement>('form textarea')?.focus())
}

/** After a refusal the hand goes where something must be changed. */
function focusProblem(): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>('form [aria-invalid="true"]')?.focus())
}

function CaseFields({ draftId }: { draftId: string }) {
  const say = useSay()
  const kind = useField(draftId, 'kind')
  const channel = useField(draftId, 'channel')
  const isUrgent = useField(draftId, 'isUrgent')
  return (
    <>
      <div className={classes.about}>
        <Select
          label={say('field.kind')}
          data={caseKinds.map((value) => ({ value, label: capital(sayCode(say, 'kind', value)) }))}
          value={kind.value}
          allowDeselect={false}
          onChange={(value) => value && kind.set(value as typeof kind.value)}
        />
        <FieldChoice draftId={draftId} />
        <AreaChoice draftId={draftId} />
      </div>
      <DraftArea
        draftId={draftId}
        name="content"
        label={say('field.content')}
        placeholder={say('field.contentHint')}
        rows={2}
      />
      <CitizenFields draftId={draftId} />
      <div className={classes.about}>
        <Select
          label={say('field.channel')}
          data={channels.map((value) => ({ value, label: capital(sayCode(say, 'channel', value)) }))}
          value={channel.value}
          allowDeselect={false}
          onChange={(value) => value && channel.set(value as typeof channel.value)}
        />
        <DraftText draftId={draftId} name="email" label={say('field.email')} type="email" />
        <div className={classes.marks}>
          <Checkbox
            label={say('field.isUrgent')}
            checked={isUrgent.value}
            onChange={(event) => isUrgent.set(event.currentTarget.checked)}
          />
          <AnonymousMark draftId={draftId} />
        </div>
      </div>
      <HazardChoice draftId={draftId} />
      {isWritten(channel.value) && <LetterFields draftId={draftId} />}
    </>
  )
}

/** #4: the letter's own number, issuer, date and deadline; the earlier of its deadline and ours comes first. */
function LetterFields({ draftId }: { draftId: string }) {
  const say = useSay()
  return (
    <fieldset className={classes.letter}>
      <VisuallyHidden component="legend">{say('external.title')}</VisuallyHidden>
      <DraftText draftId={draftId} name="externalNumber" label={say('field.externalNumber')} />
      <DraftText draftId={draftId} name="externalIssuedBy" label={say('field.externalIssuedBy')} />
      <DraftText
        draftId={draftId}
        name="externalIssuedOn"
        label={say('field.externalIssuedOn')}
        placeholder={say('act.datePattern')}
      />
      <DraftText
        draftId={draftId}
        name="externalDueAt"
        label={say('field.externalDueAt')}
        placeholder={say('field.externalDueHint')}
      />
    </fieldset>
  )
}

function CitizenFields({ draftId }: { draftId: string }) {
  const say = useSay()
  return (
    <fieldset className={classes.citizen}>
      <VisuallyHidden component="legend">{say('field.citizen')}</VisuallyHidden>
      <DraftText draftId={draftId} name="name" label={say('field.name')} />
      <DraftText draftId={draftId} name="phone" label={say('field.phone')} type="tel" />
      <DraftText draftId={draftId} name="address" label={say('field.address')} />
    </fieldset>
  )
}

function AnonymousMark({ draftId }: { draftId: string }) {
  const say = useSay()
  const isAnonymous = useField(draftId, 'isAnonymous')
  return (
    <Checkbox
      label={say('field.isAnonymous')}
      checked={isAnonymous.value}
      onChange={(event) => isAnonymous.set(event.currentTarget.checked)}
    />
  )
}

/** D12: somebody who gives no name is heard only about a danger to life or to works. */
function HazardChoice({ draftId }: { draftId: string }) {
  const say = useSay()
  const { value: isAnonymous } = useField(draftId, 'isAnonymous')
  const hazard = useField(draftId, 'hazard')
  const hazards = useSession((session) => session.policy?.anonymous.hazards)
  if (!isAnonymous) return hazard.problem ? <Notice tone="late">{hazard.problem}</Notice> : null
  return (
    <Select
      label={say('field.hazard')}
      data={(hazards ?? []).map(({ code, label }) => ({ value: code, label }))}
      value={hazard.value}
      onChange={hazard.set}
      error={hazard.problem}
    />
  )
}

function SaveRow({ draftId }: { draftId: string }) {
  const say = useSay()
  const draft = useDrafts((state) => state.drafts.find((one) => one.draftId === draftId))
  if (!draft) return null
  return (
    <div className={classes.save} data-save-bar="">
      {draft.problems.form && (
        <Notice tone="late">
          {draft.problems.form} {say('problem.kept')}
        </Notice>
      )}
      <div className={classes.saveRow}>
        <ReceiptCode code={draft.code} savedAt={draft.savedAt} />
        <span className={classes.grow} />
        <Tooltip label={say('writing.discard')}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={say('writing.discard')}
            onClick={() => {
              // Words that somebody typed are not thrown away by one slip of the hand.
              if (isUntouched(draft.form) || window.confirm(say('writing.discardAsk'))) void discardDraft(draftId)
            }}
          >
            {isUntouched(draft.form) ? <IconX size={16} /> : <IconTrash size={16} />}
          </ActionIcon>
        </Tooltip>
        <KeyButton
          shortcut="save"
          label={say(`save.${draft.form.way}`)}
          icon={<IconDeviceFloppy size={16} />}
          size="sm"
          variant="filled"
          loading={draft.isSaving}
          onPress={() => void registerCase(draftId).then((isDone) => !isDone && focusProblem())}
        />
      </div>
      <RegisteredNote />
    </div>
  )
}
