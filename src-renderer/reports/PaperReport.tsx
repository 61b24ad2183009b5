import { createPortal } from 'react-dom'
import { usePrinting } from '../ui/printing.ts'
import { ReportSheet } from './ReportSheet.tsx'
import type { ShownReport } from './report-store.ts'
import './paper-report.css'

/** The report on A4, made only while it is being printed: black on white, without the console around it. */
export function PaperReport({ shown }: { shown: ShownReport }) {
  const isPrinting = usePrinting()
  if (!isPrinting) return null
  return createPortal(
    <article data-report-paper="" lang={document.documentElement.lang}>
      <ReportSheet shown={shown} />
    </article>,
    document.body,
  )
}
