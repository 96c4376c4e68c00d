import type { FieldChange, NodeChange } from '#editor/model/compare.ts'
import type { Tone } from '#editor/parts/pill.tsx'
import { FieldDifference } from './field-difference.tsx'
import type { FieldWords } from './field-words.ts'
import styles from './versions.module.css'

export const tones: Readonly<Record<NodeChange['kind'], Tone>> = { added: 'ok', removed: 'bad', changed: 'accent' }

/** Values that differ, each in its own words. */
export function Fields({ fields, words }: { fields: readonly FieldChange[]; words: (path: readonly string[]) => FieldWords }) {
  return (
    <ul className={styles.fields}>
      {fields.map((field) => (
        <li key={field.path.join('\n')}>
          <FieldDifference field={field} words={words(field.path)} />
        </li>
      ))}
    </ul>
  )
}
