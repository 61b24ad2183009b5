import { useEffect, useState } from 'react'
import { createPortal, flushSync } from 'react-dom'
import { ReportSheet } from './ReportSheet.tsx'
import type { ShownReport } from './report-store.ts'
import './paper-report.css'

/** The report on A4, made only while it is being printed: black on white, without the console around it. */
export function PaperReport({ shown }: { shown: ShownReport }) {
  const [isPrinting, setPrinting] = useState(false)
  useEffect(() => {
    // The browser takes the page as it is when the handler returns.
    const before = () => flushSync(() => setPrinting(true))
    const after = () => setPrinting(false)
    window.addEventListener('beforeprint', before)
    window.addEventListener('afterprint', after)
    return () => {
      window.removeEventListener('beforeprint', before)
      window.removeEventListener('afterprint', after)
    }
  }, [])
  if (!isPrinting) return null
  return createPortal(
    <article data-report-paper="" lang={document.documentElement.lang}>
      <ReportSheet shown={shown} />
    </article>,
    document.body,
  )
}
