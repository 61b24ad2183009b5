import { Checkbox, Select } from '@mantine/core'
import { useShortcut } from '../keyboard/keys.ts'
import { ariaKeysOf, keysOf, shortcutOf } from '../keyboard/shortcuts.ts'
import { useSession } from '../session/session-store.ts'
import { useSay } from '../session/words.ts'
import { KeyCap } from '../ui/KeyCap.tsx'
import { Notice } from '../ui/Notice.tsx'
import { type Way, ways } from './case-form.ts'
import classes from './cases.module.css'
import { DraftArea, DraftText, useField } from './fields.tsx'
import { SlipPanel } from './SlipPanel.tsx'

/** What becomes of the case: answer, slip, refuse, or ask whose it is. Switching loses nothing of what was typed. */
export function WayPanel({ draftId }: { draftId: string }) {
  const say = useSay()
  const { value: way, set } = useField(draftId, 'way')
  return (
    <div className={classes.way}>
      <div className={classes.wayList} role="radiogroup" aria-label={say('decide.title')}>
        {ways.map((one) => (
          <WayKey key={one} way={one} isChosen={one === way} onChoose={() => set(one)} />
        ))}
      </div>
      <div className={classes.wayBody} data-way-body="">
        {way === 'answer' && <AnswerPanel draftId={draftId} />}
        {way === 'slip' && <SlipPanel draftId={draftId} />}
        {way === 'refuse' && <RefusePanel draftId={draftId} />}
        {way === 'competence' && (
          <>
            <p className={classes.hint}>{say('decide.competenceHint')}</p>
            <DraftArea draftId={draftId} name="question" label={say('field.question')} rows={2} />
          </>
        )}
      </div>
    </div>
  )
}

/** Asked for by a key, so the focus may go to the first field of the way. */
function focusWay(): void {
  requestAnimationFrame(() => {
    document.querySelector<HTMLElement>('[data-way-body] :is(input, textarea)')?.focus()
  })
}

function WayKey({ way, isChosen, onChoose }: { way: Way; isChosen: boolean; onChoose: () => void }) {
  const say = useSay()
  const shortcut = shortcutOf(`way.${way}`)
  useShortcut(`way.${way}`, () => {
    onChoose()
    focusWay()
  })
  return (
    <label
      className={classes.wayKey}
      data-chosen={isChosen}
      title={`${say(`decide.${way}`)} (${keysOf(shortcut)})`}
      aria-keyshortcuts={ariaKeysOf(shortcut)}
    >
      <input type="radio" name="way" checked={isChosen} onChange={onChoose} />
      {say(`decide.${way}`)}
      <span className={classes.wayCap}>
        <KeyCap>{keysOf(shortcut)}</KeyCap>
      </span>
    </label>
  )
}

function AnswerPanel({ draftId }: { draftId: string }) {
  const say = useSay()
  const article = useField(draftId, 'article')
  const source = useField(draftId, 'source')
  const isToldNow = useField(draftId, 'isToldNow')
  const channel = useField(draftId, 'channel')
  const canTellNow = channel.value === 'phone' || channel.value === 'counter'
  return (
    <>
      {article.value === null ? (
        <p className={classes.hint}>{say('answer.needsArticle')}</p>
      ) : (
        <p className={classes.chosen}>
          {say('answer.from', {
            title: article.value.title,
            version: article.value.version,
            source: article.value.source,
          })}{' '}
          <button type="button" className={classes.link} onClick={() => article.set(null)}>
            {say('answer.withoutArticle')}
          </button>
        </p>
      )}
      {article.problem && <Notice tone="late">{article.problem}</Notice>}
      <DraftArea draftId={draftId} name="answerText" label={say('field.answer')} rows={3} />
      {(article.value === null || source.problem) && (
        <DraftText draftId={draftId} name="source" label={say('field.source')} placeholder={say('field.sourceHint')} />
      )}
      {canTellNow && (
        <Checkbox
          label={say(channel.value === 'phone' ? 'answer.toldOnPhone' : 'answer.toldHere')}
          checked={isToldNow.value}
          onChange={(event) => isToldNow.set(event.currentTarget.checked)}
        />
      )}
    </>
  )
}

function RefusePanel({ draftId }: { draftId: string }) {
  const say = useSay()
  const reason = useField(draftId, 'refusalReason')
  const referredTo = useField(draftId, 'referredTo')
  const refusalText = useField(draftId, 'refusalText')
  const reasons = useSession((session) => session.policy?.refusalReasons)
  return (
    <>
      <p className={classes.hint}>{say('refuse.rule')}</p>
      <div className={classes.grid2}>
        <Select
          label={say('field.refusalReason')}
          data={(reasons ?? []).map(({ code, label }) => ({ value: code, label }))}
          value={reason.value}
          error={reason.problem}
          onChange={(code) => {
            reason.set(code)
            const chosen = reasons?.find((one) => one.code === code)
            // Proposed, and never over what the agent wrote.
            if (chosen && refusalText.value.trim() === '') refusalText.set(chosen.label)
            if (chosen?.referTo && referredTo.value.trim() === '') referredTo.set(chosen.referTo)
          }}
        />
        <DraftText draftId={draftId} name="referredTo" label={say('field.referredTo')} />
      </div>
      <DraftArea draftId={draftId} name="refusalText" label={say('field.refusalText')} rows={2} />
      <p className={classes.hint}>{say('refuse.told')}</p>
    </>
  )
}
