/** A text whose found part is marked; places are counted in characters, as the search counts them. */
export function Marked({ text, match }: { text: string; match: readonly [number, number] | null }) {
  if (match === null || match[0] === match[1]) return <span>{text}</span>
  const letters = Array.from(text.normalize('NFC'))
  const part = (from: number, to?: number) => letters.slice(from, to).join('')
  return (
    <span>
      {part(0, match[0])}
      <mark>{part(match[0], match[1])}</mark>
      {part(match[1])}
    </span>
  )
}
