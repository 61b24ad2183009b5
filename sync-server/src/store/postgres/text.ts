// A private sign that no keyboard and no form makes; where it stands in a text all the same, it is marked too.
const mark = '\uE0F1'
const nul = `${mark}0`
const itself = `${mark}1`

/** PostgreSQL's text cannot hold U+0000, which SQLite keeps and a citizen's browser may send: what is written must come back. */
export function toPostgres(text: string): string {
  if (!text.includes('\0') && !text.includes(mark)) return text
  return text.replaceAll(mark, itself).replaceAll('\0', nul)
}

export function fromPostgres(text: string): string {
  if (!text.includes(mark)) return text
  return text.replaceAll(nul, '\0').replaceAll(itself, mark)
}
