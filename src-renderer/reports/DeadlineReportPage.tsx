import { Button } from '@mantine/core'
import { IconCopy, IconDownload, IconPrinter } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { reportCsv } from '../../src-shared/reports/report-csv.ts'
import { KeyButton } from '../keyboard/KeyButton.tsx'
import { registerNow } from '../session/now.ts'
import { useSession } from '../session/session-store.ts'
import { useSay } from '../session/words.ts'
import { Empty } from '../ui/Empty.tsx'
import { useCauseWords } from './cause-words.ts'
import { PaperReport } from './PaperReport.tsx'
import { ReportForm } from './ReportForm.tsx'
import { ReportSheet } from './ReportSheet.tsx'
import { choosePeriod, type ShownReport, useReports } from './report-store.ts'
import classes from './reports.module.css'

/** Ctrl+6: what fell due in a period, who was late and by how much, and the same report again whenever it is asked for. */
export function DeadlineReportPage() {
  const say = useSay()
  const shown = useReports((reports) => reports.shown)
  useEffect(() => {
    const { kind, from } = useReports.getState()
    if (from === '') choosePeriod(kind, registerNow())
  }, [])
  return (
    <div className={classes.page}>
      <ReportForm />
      {shown === null ? (
        <Empty>{say('reports.empty')}</Empty>
      ) : (
        <>
          <ReportActs shown={shown} />
          <article className={classes.sheet} aria-label={say('reports.title')}>
            <ReportSheet shown={shown} />
          </article>
          <PaperReport shown={shown} />
        </>
      )}
    </div>
  )
}

function ReportActs({ shown }: { shown: ShownReport }) {
  const say = useSay()
  const language = useSession((session) => session.language)
  const causeOf = useCauseWords()
  const [said, setSaid] = useState<'reports.copied' | 'reports.copyFailed' | null>(null)
  const copy = () =>
    navigator.clipboard.writeText(reportCsv(shown.report, language, { causeOf })).then(
      () => setSaid('reports.copied'),
      () => setSaid('reports.copyFailed'),
    )
  return (
    <div className={classes.acts}>
      <KeyButton
        shortcut="report.print"
        label={say('reports.print')}
        icon={<IconPrinter size={15} />}
        onPress={() => window.print()}
      />
      <Button size="compact-sm" variant="default" leftSection={<IconCopy size={15} />} onClick={() => void copy()}>
        {say('reports.copy')}
      </Button>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconDownload size={15} />}
        onClick={() => saveOriginal(shown)}
      >
        {say('reports.save')}
      </Button>
      <span role="status" className={classes.hint}>
        {said === null ? '' : say(said)}
      </span>
    </div>
  )
}

/** Byte for byte as the register gave it, so that its hash can be counted anew. */
function saveOriginal({ text, sha256, report }: ShownReport): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = url
  link.download = `bao-cao-thoi-han-${report.asOf.slice(0, 10)}-${sha256.slice(0, 8)}.json`
  link.click()
  URL.revokeObjectURL(url)
}
