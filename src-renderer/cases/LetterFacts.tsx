import type { CaseDetail } from '../../src-shared/bridge.ts'
import type { CaseState } from '../../src-shared/cases/case.ts'
import { fromIso } from '../../src-shared/deadlines/instants.ts'
import { instantWords } from '../../src-shared/deadlines/spoken.ts'
import { dateText } from '../deadlines/times.ts'
import { type Say, useSay } from '../session/words.ts'
import { Section } from '../ui/Section.tsx'
import classes from './case-panel.module.css'

/** #4: the paper letter or the portal's item by which the case came, and both deadlines where it sets one. */
export function LetterFacts({ detail: { state, clock } }: { detail: CaseDetail }) {
  const say = useSay()
  const { external } = state
  if (external === null) return null
  return (
    <Section title={say('external.title')} className={classes.letter ?? ''}>
      <p>{letterName(external, say)}</p>
      {external.dueAt !== null && <p>{say('external.due', { at: instantWords(fromIso(external.dueAt)) })}</p>}
      {external.dueAt !== null && clock?.dueAt != null && (
        <>
          <p>{say('external.ours', { at: instantWords(fromIso(clock.dueAt)) })}</p>
          <p className={classes.dim}>{say('external.earlier')}</p>
        </>
      )}
    </Section>
  )
}

/** `Văn bản 12/UBND của UBND xã Mỹ Thọ, ngày 03/9/2026`. */
export function letterName(external: NonNullable<CaseState['external']>, say: Say): string {
  const { issuedBy, issuedOn } = external
  const number = external.number || say('external.noNumber')
  return issuedOn === null
    ? say('external.name', { number, issuedBy })
    : say('external.nameOn', { number, issuedBy, on: dateText(issuedOn) })
}
