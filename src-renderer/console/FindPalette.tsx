import { Modal, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import type { BridgeOutput } from '../../src-shared/bridge.ts'
import { parseCode } from '../../src-shared/cases/codes.ts'
import { askArticle } from '../knowledge/knowledge-store.ts'
import { bridge } from '../session/desk.ts'
import { searchWords } from '../session/progress.ts'
import { useSession } from '../session/session-store.ts'
import { sayCode, useSay } from '../session/words.ts'
import { Empty } from '../ui/Empty.tsx'
import classes from './console.module.css'
import { showCase, showRoom, useRooms } from './room-store.ts'

type Found = BridgeOutput<'find.anything'>

interface Row {
  readonly id: string
  readonly head: string
  readonly text: string
  readonly aside: string
  go(): void
}

const close = () => useRooms.setState({ isFinding: false })

/** Ctrl+K: a code, also a mistyped one; a number; a name with or without marks; words; an article. */
export function FindPalette() {
  const say = useSay()
  const isOpen = useRooms((state) => state.isFinding)
  return (
    <Modal
      opened={isOpen}
      onClose={close}
      title={say('find.open')}
      size="lg"
      yOffset="12vh"
      centered={false}
      closeButtonProps={{ 'aria-label': say('ui.close') }}
    >
      {isOpen && <Finder />}
    </Modal>
  )
}

function Finder() {
  const say = useSay()
  const [text, setText] = useState('')
  const [found, setFound] = useState<Found | null>(null)
  /** What the results on the screen were sought with; another text is still on its way. */
  const [sought, setSought] = useState('')
  const [at, setAt] = useState(0)
  // Enter came before the answer: the first result is opened when it arrives, unless more is typed.
  const isEnterWaiting = useRef(false)
  const rowsFor = (next: Found) => rowsOf(next, (stage) => sayCode(say, 'stage', stage), setText)
  const latestRows = useRef(rowsFor)
  useEffect(() => {
    latestRows.current = rowsFor
  })
  useEffect(() => {
    isEnterWaiting.current = false
    if (text.trim() === '') return setFound(null)
    let isOld = false
    const timer = setTimeout(async () => {
      const next = await bridge().call('find.anything', { text })
      if (isOld) return
      setFound(next)
      setSought(text)
      setAt(0)
      if (isEnterWaiting.current) latestRows.current(next)[0]?.go()
      isEnterWaiting.current = false
    }, 120)
    return () => {
      isOld = true
      clearTimeout(timer)
    }
  }, [text])

  const rows = found === null ? [] : rowsFor(found)
  const code = parseCode(sought)
  const partial = searchWords(
    useSession((session) => session.state?.progress ?? null),
    say,
  )
  const go = (row: Row | undefined) => row?.go()
  return (
    <>
      <TextInput
        data-autofocus
        type="search"
        role="combobox"
        aria-expanded={rows.length > 0}
        aria-controls="found"
        aria-activedescendant={rows[at] ? `found-${at}` : undefined}
        aria-label={say('find.open')}
        placeholder={say('find.hint')}
        leftSection={<IconSearch size={16} aria-hidden="true" />}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') setAt(Math.min(at + 1, rows.length - 1))
          else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0))
          else if (event.key === 'Enter' && sought === text) go(rows[at])
          else if (event.key === 'Enter') isEnterWaiting.current = true
          else return
          event.preventDefault()
        }}
      />
      {found?.codeProblem && (
        <p className={classes.dim}>
          {sayCode(say, 'codeProblem', found.codeProblem.problem)}
          {found.codeProblem.suggestions.length > 0 && ` ${say('find.perhaps')}`}
        </p>
      )}
      {partial !== null && <p className={classes.partial}>{partial}</p>}
      <div id="found" className={classes.found} role="listbox" aria-label={say('find.results')}>
        {rows.map((row, index) => (
          <div
            key={row.id}
            id={`found-${index}`}
            role="option"
            tabIndex={-1}
            className={classes.foundRow}
            aria-selected={index === at}
            onClick={() => go(row)}
            onKeyDown={(event) => event.key === 'Enter' && go(row)}
          >
            <strong>{row.head}</strong>
            <span className={classes.foundText}>{row.text}</span>
            <span className={`${classes.dim} ${classes.foundAside}`}>{row.aside}</span>
          </div>
        ))}
      </div>
      {found !== null && rows.length === 0 && (
        <Empty>{code.ok ? say('find.noSuchCode', { code: code.code }) : say('find.nothing')}</Empty>
      )}
    </>
  )
}

function rowsOf(found: Found, stageWords: (stage: string) => string, setText: (text: string) => void): Row[] {
  const suggestions = (found.codeProblem?.suggestions ?? []).map((code) => ({
    id: `code ${code}`,
    head: code,
    text: '',
    aside: '',
    go: () => setText(code),
  }))
  const cases = found.cases.map((row) => ({
    id: row.caseId as string,
    head: row.code,
    text: `${row.citizenName} · ${row.excerpt}`,
    aside: stageWords(row.stage),
    go: () => {
      close()
      showCase(row.caseId)
    },
  }))
  const articles = found.articles.map((hit) => ({
    id: `article ${hit.id} ${hit.version}`,
    head: hit.title,
    text: hit.excerpt,
    aside: hit.source,
    go: () => {
      close()
      askArticle(hit.id, hit.version)
      showRoom('knowledge')
    },
  }))
  return [...suggestions, ...cases, ...articles]
}
