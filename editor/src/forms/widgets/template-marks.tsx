import { piecesOf } from '#editor/model/template-text.ts'
import styles from '../forms.module.css'

/** The same text with its variables marked, under the textarea. Line by line as the textarea wraps it, so both stand exactly alike. */
export function TemplateMarks({ text, isFilled }: { text: string; isFilled: (variable: string) => boolean }) {
  return (
    <div className={styles.templateMarks} aria-hidden>
      {piecesOf(text).map((piece, index) =>
        piece.kind === 'text' ? (
          piece.text
        ) : (
          // Pieces have no identity but their place in the text.
          <mark key={index} data-known={isFilled(piece.name)}>
            {piece.text}
          </mark>
        ),
      )}
      {'\n'}
    </div>
  )
}
