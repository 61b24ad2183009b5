import classes from './ui.module.css'

/** Plain text with blank lines between paragraphs and `- ` before the items of a list. */
export function Paragraphs({ text }: { text: string }) {
  const blocks = text.split(/\n\s*\n/)
  return (
    <div className={classes.paragraphs}>
      {blocks.map((block) => (
        <Block key={block} lines={block.split('\n')} />
      ))}
    </div>
  )
}

function Block({ lines }: { lines: string[] }) {
  const items = lines.filter((line) => line.startsWith('- '))
  const words = lines.filter((line) => !line.startsWith('- ')).join(' ')
  return (
    <>
      {words !== '' && <p>{words}</p>}
      {items.length > 0 && (
        <ul>
          {items.map((item) => (
            <li key={item}>{item.slice(2)}</li>
          ))}
        </ul>
      )}
    </>
  )
}
