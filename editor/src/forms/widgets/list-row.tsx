import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '#editor/words/use-language.ts'
import type { FormSchema } from '../form-schema.ts'
import { rowLine } from './row-line.ts'
import styles from '../forms.module.css'

/** Forms with more fields than this are folded, so that a list of ten is still a list. */
const MANY = 3

interface ListRowProps {
  readonly schema: FormSchema
  readonly value: unknown
  /** The only one of the list has room to be open. */
  readonly alone: boolean
  readonly children: ReactNode
}

/** One entry of a list: long forms show a line that says what they are, and open when they are new or asked for. */
export function ListRow({ schema, value, alone, children }: ListRowProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const line = rowLine(schema, value, { language })
  // Decided once: a form must not fold itself while somebody types into it.
  const [open] = useState(alone || line === '')
  if (Object.keys(schema.properties ?? {}).length <= MANY) return <>{children}</>
  return (
    <details className={styles.listRow} open={open}>
      <summary>{line === '' ? t('forms.newRow') : line}</summary>
      {children}
    </details>
  )
}
