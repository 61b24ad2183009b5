/** One text of a query or a form, trimmed and cut; '' when it is missing or given several times. */
export function textOf(source: unknown, name: string, maxLength: number): string {
  const value = (source as Record<string, unknown> | null | undefined)?.[name]
  return typeof value === 'string' ? value.normalize('NFC').trim().slice(0, maxLength) : ''
}
