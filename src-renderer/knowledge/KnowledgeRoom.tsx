import { Button, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import type { ArticleHit } from '../../src-shared/bridge.ts'
import { showRoom } from '../console/room-store.ts'
import { useSay } from '../session/words.ts'
import { Empty } from '../ui/Empty.tsx'
import { ArticleView } from './ArticleView.tsx'
import { HitList } from './HitList.tsx'
import classes from './knowledge.module.css'
import { useKnowledge } from './knowledge-store.ts'
import { answerFrom, useArticle, useArticles } from './search.ts'

/** Ctrl+3: the whole of the official answers, to read and to check before a shift. */
export function KnowledgeRoom() {
  const say = useSay()
  const box = useRef<HTMLInputElement>(null)
  const asked = useKnowledge((knowledge) => knowledge.asked)
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState<Pick<ArticleHit, 'id' | 'version'> | null>(asked)
  const hits = useArticles(text, null)
  const article = useArticle(chosen)
  useEffect(() => box.current?.focus(), [])
  useEffect(() => {
    if (asked !== null) setChosen(asked)
  }, [asked])
  return (
    <div className={classes.room}>
      <div className={classes.roomList}>
        <TextInput
          ref={box}
          type="search"
          aria-label={say('knowledge.search')}
          placeholder={say('knowledge.hint')}
          leftSection={<IconSearch size={15} aria-hidden="true" />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {hits.length === 0 ? (
          <Empty>{say('knowledge.nothing')}</Empty>
        ) : (
          <HitList hits={hits} chosen={chosen?.id ?? null} onChoose={setChosen} />
        )}
      </div>
      <div className={classes.roomText}>
        {article === null ? (
          <Empty>{say('knowledge.choose')}</Empty>
        ) : (
          <>
            <ArticleView article={article} />
            <Button
              mt={16}
              variant="light"
              onClick={() => {
                answerFrom(article)
                showRoom('duty')
              }}
            >
              {say('knowledge.use')}
            </Button>
          </>
        )}
      </div>
    </div>
  )
}
