import { createHash } from 'node:crypto'
import type { Writable } from 'node:stream'
import { caseFileTroubleWords } from '../../../../src-shared/cases/case-file-trouble.ts'
import { verifyCaseFile } from '../../../../src-shared/cases/case-verify.ts'
import type { Language } from '../../../../src-shared/words/words.ts'
import { readJsonFile } from './calendar-file.ts'

/**
 * Checks an exported case with nothing but its file. Prints its due instants, or the first line that differs: as JSON on
 * stdout, and in one sentence on stderr.
 * @returns the exit code: 0, or 1 where something differs.
 */
export function verifyFile(
  file: string,
  folder: string,
  language: Language,
  stdout: Writable,
  stderr: Writable,
): 0 | 1 {
  const sha256Hex = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex')
  const verified = verifyCaseFile(readJsonFile(file, folder, language), sha256Hex)
  if (verified.ok) {
    const { code, events, headHash, clock } = verified
    const corrected = clock.corrected && { knownAt: clock.corrected.knownAt, dues: clock.corrected.dues }
    stdout.write(`${JSON.stringify({ ok: true, code, events, headHash, dues: clock.dues, corrected })}\n`)
    return 0
  }
  const { trouble } = verified
  const { place, params } = trouble
  stdout.write(`${JSON.stringify({ ok: false, place, ...params })}\n`)
  stderr.write(`${file}: ${caseFileTroubleWords(language, trouble)}\n`)
  return 1
}
