import type { ArticleHit } from '../../src-shared/bridge.ts'
import { useSay } from '../session/words.ts'
import { Signal } from '../ui/Signal.tsx'
import classes from './knowledge.module.css'

interface Props {
  hits: readonly ArticleHit[]
  chosen: string | null
  onChoose: (hit: ArticleHit) => void
}

export function HitList({ hits, chosen, onChoose }: Props) {
  const say = useSay()
  return (
    <ul className={classes.hits} aria-label={say('knowledge.results')}>
      {hits.map((hit) => (
        <li key={`${hit.id} ${hit.version}`}>
          <button type="button" className={classes.hit} aria-pressed={hit.id === chosen} onClick={() => onChoose(hit)}>
            <span className={classes.hitTitle}>
              {hit.title} {hit.isExpired && <Signal tone="late">{say('knowledge.expiredShort')}</Signal>}
            </span>
            <span className={classes.hitText}>{hit.excerpt}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}
