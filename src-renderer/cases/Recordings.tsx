import { Button } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import type { BridgeOutput, CaseDetail } from '../../src-shared/bridge.ts'
import type { RecordingRow } from '../../src-shared/cases/views.ts'
import { RemoteFailure } from '../bridge.ts'
import { shortTime } from '../deadlines/times.ts'
import { bridge } from '../session/desk.ts'
import { useNow } from '../session/now.ts'
import { failureWords, sayCode, useSay } from '../session/words.ts'
import { Notice } from '../ui/Notice.tsx'
import { Section } from '../ui/Section.tsx'
import classes from './case-panel.module.css'
import { durationWords } from './duration.ts'

// The wave is drawn by a library that nobody needs before the first listening.
const WavePlayer = lazy(() => import('./WavePlayer.tsx').then(({ WavePlayer }) => ({ default: WavePlayer })))

export function Recordings({ detail: { recordings } }: { detail: CaseDetail }) {
  const say = useSay()
  if (recordings.length === 0) return null
  return (
    <Section title={say('recording.title', { count: recordings.length })}>
      {recordings.map((row) => (
        <Recording key={row.recordingId} row={row} />
      ))}
    </Section>
  )
}

/** Read only when somebody asks to listen: each listening is logged by the desk. */
function Recording({ row }: { row: RecordingRow }) {
  const say = useSay()
  const now = useNow(60)
  const [sound, setSound] = useState<BridgeOutput<'recordings.read'> | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [isReading, setReading] = useState(false)
  const read = async () => {
    setReading(true)
    try {
      setSound(await bridge().call('recordings.read', { recordingId: row.recordingId, caseId: row.caseId }))
      setProblem(null)
    } catch (failure) {
      if (!(failure instanceof RemoteFailure)) throw failure
      setProblem(failureWords(say, failure))
    } finally {
      setReading(false)
    }
  }
  return (
    <div className={classes.player}>
      <div className={classes.playerHead}>
        {sound === null && (
          <Button
            size="compact-sm"
            variant="light"
            leftSection={<IconPlayerPlay size={14} aria-hidden="true" />}
            loading={isReading}
            onClick={() => void read()}
          >
            {say('recording.listen')}
          </Button>
        )}
        <span>{shortTime(row.startedAt, now)}</span>
        <span>{durationWords(row.durationMs)}</span>
        <span className={classes.dim}>{sayCode(say, 'recordingState', row.state)}</span>
        {row.gaps > 0 && <span className={classes.dim}>{say('recording.gaps', { count: row.gaps })}</span>}
      </div>
      {problem !== null && <Notice tone="late">{problem}</Notice>}
      {sound && (
        <Suspense fallback={<span className={classes.dim}>{say('recording.drawing')}</span>}>
          <WavePlayer sound={sound} />
        </Suspense>
      )}
    </div>
  )
}
