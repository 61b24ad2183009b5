import { TextInput } from '@mantine/core'
import { IconMessageCheck, IconSearch } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import type { ArticleHit } from '../../src-shared/bridge.ts'
import { useDrafts } from '../cases/draft-store.ts'
import { showRoom } from '../console/room-store.ts'
import { KeyButton } from '../keyboard/KeyButton.tsx'
import { useShortcut } from '../keyboard/keys.ts'
import { keysOf, shortcutOf } from '../keyboard/shortcuts.ts'
import { useSay } from '../session/words.ts'
import { Empty } from '../ui/Empty.tsx'
import { KeyCap } from '../ui/KeyCap.tsx'
import { Section } from '../ui/Section.tsx'
import { AgencyCards } from './AgencyCards.tsx'
import { ArticleView } from './ArticleView.tsx'
import { HitList } from './HitList.tsx'
import classes from './knowledge.module.css'
import { answerFrom, useArticle, useArticles } from './search.ts'

/** Beside the form: answers to what is being written, and who could answer it. An opened article stays until another is chosen. */
export function HelpColumn() {
  const say = useSay()
  const box = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState<ArticleHit | null>(null)
  const content = useDrafts(({ drafts, activeId }) => drafts.find((d) => d.draftId === activeId)?.form.content ?? '')
  const fieldId = useDrafts(({ drafts, activeId }) => drafts.find((d) => d.draftId === activeId)?.form.fieldId ?? null)
  const areaId = useDrafts(({ drafts, activeId }) => drafts.find((d) => d.draftId === activeId)?.form.areaId ?? null)
  const isOfContent = text.trim() === ''
  const hits = useArticles(isOfContent ? content : text, isOfContent ? fieldId : null)
  const article = useArticle(chosen)

  useShortcut('knowledge.focus', () => {
    showRoom('duty')
    box.current?.focus()
    box.current?.select()
  })

  return (
    <div className={classes.column}>
      <Section title={say('knowledge.title')}>
        <TextInput
          ref={box}
          mt={4}
          type="search"
          aria-label={say('knowledge.search')}
          placeholder={say('knowledge.hint')}
          leftSection={<IconSearch size={15} aria-hidden="true" />}
          rightSection={<KeyCap>{keysOf(shortcutOf('knowledge.focus'))}</KeyCap>}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.ctrlKey && hits[0]) setChosen(hits[0])
          }}
        />
        {article && (
          <div className={classes.opened}>
            <ArticleView article={article} />
            <KeyButton
              shortcut="article.use"
              label={say('knowledge.use')}
              icon={<IconMessageCheck size={15} />}
              variant="light"
              color="teal"
              onPress={() => answerFrom(article)}
            />
          </div>
        )}
        {hits.length === 0 ? (
          <Empty>{say(isOfContent && content.trim() === '' ? 'knowledge.empty' : 'knowledge.nothing')}</Empty>
        ) : (
          <HitList hits={hits.slice(0, article ? 4 : 6)} chosen={chosen?.id ?? null} onChoose={setChosen} />
        )}
      </Section>
      <AgencyCards fieldId={fieldId} areaId={areaId} />
    </div>
  )
}
