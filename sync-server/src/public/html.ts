/** Markup that is safe to send: made only by `html`, which escapes whatever it is given that is not markup itself. */
export class Markup {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

export type Piece = Markup | string | number | null | undefined | false | readonly Piece[]

/** The one way to make markup. Text is escaped for elements and quoted attributes alike; nothing, null and false leave nothing. */
export function html(strings: TemplateStringsArray, ...pieces: readonly Piece[]): Markup {
  let text = strings[0]!
  for (const [index, piece] of pieces.entries()) text += written(piece) + strings[index + 1]!
  return new Markup(text)
}

function written(piece: Piece): string {
  if (piece instanceof Markup) return piece.text
  if (piece === null || piece === undefined || piece === false) return ''
  if (typeof piece === 'object') return piece.map(written).join('')
  return escaped(String(piece))
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character]!)

/** Plain text as paragraphs, single line ends kept as breaks. */
export function paragraphs(text: string): Piece[] {
  return text
    .split(/\n\s*\n/)
    .filter((block) => block.trim() !== '')
    .map((block) => html`<p>${block.split('\n').map((line, index) => (index === 0 ? line : [html`<br>`, line]))}</p>`)
}
