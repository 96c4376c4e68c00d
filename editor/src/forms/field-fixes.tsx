import { useLanguage } from '#editor/words/use-language.ts'
import { useForm, useMessages } from './form-context.ts'
import styles from './forms.module.css'

/** What mends a field with one click, where somebody knows how. `without`: problems whose mending the field offers itself. */
export function FieldFixes({ path, deep = false, without }: { path: string; deep?: boolean; without?: string | undefined }) {
  const language = useLanguage()
  const { onFix } = useForm()
  const fixes = useMessages(path, deep).flatMap(({ fix, code }) => (fix === null || code === without ? [] : [fix]))
  if (onFix === null || fixes.length === 0) return null
  return (
    <>
      {fixes.map((fix) => (
        <button key={fix.title.en} type="button" className={styles.fix} onClick={() => onFix(fix)}>
          {fix.title[language]}
        </button>
      ))}
    </>
  )
}
