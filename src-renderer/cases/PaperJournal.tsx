import { z } from 'zod'
import type { CaseDetail } from '../../src-shared/bridge.ts'
import { type Actor, actorSchema } from '../../src-shared/people/roles.ts'
import { clockTime } from '../deadlines/times.ts'
import { type Say, sayCode, useSay } from '../session/words.ts'
import { localDateText } from './typed-time.ts'

const momentSchema = z.object({ at: z.string(), actor: actorSchema })

/** Oldest first, to the second, with the number each fact has in the register. */
export function PaperJournal({ events }: { events: CaseDetail['events'] }) {
  const say = useSay()
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{say('paper.number')}</th>
          <th scope="col">{say('paper.at')}</th>
          <th scope="col">{say('paper.what')}</th>
          <th scope="col">{say('paper.who')}</th>
        </tr>
      </thead>
      <tbody>
        {events.map(({ event, seq, text }, index) => {
          const { at, actor } = momentSchema.parse(event)
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a journal is only ever added to at its end.
            <tr key={index}>
              <td>{seq ?? say('paper.notYet')}</td>
              <td>
                {localDateText(Date.parse(at))}
                <br />
                {clockTime(at)}
              </td>
              <td>{text}</td>
              <td>{actorWords(actor, say)}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function actorWords(actor: Actor, say: Say): string {
  if (actor.kind !== 'person') return sayCode(say, 'actor', actor.kind)
  return `${actor.name}, ${sayCode(say, 'role', actor.role)}`
}
