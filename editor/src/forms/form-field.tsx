import { useEffect, useRef } from 'react'
import { widgetOf, withoutNull, type FormSchema } from './form-schema.ts'
import { widgets } from './widgets.ts'
import { useFocusAsk } from './use-focus-ask.ts'
import styles from './forms.module.css'

export interface FormFieldProps {
  readonly name: string
  readonly path: string
  readonly schema: FormSchema
  readonly required: boolean
  readonly value: unknown
  readonly onChange: (value: unknown) => void
}

/** What every widget gets. */
export type WidgetProps = FormFieldProps

/** One field: the widget that its schema asks for. `data-field` is what "jump to the problem" looks for. */
export function FormField(props: FormFieldProps) {
  const schema = withoutNull(props.schema)
  const box = useRef<HTMLDivElement>(null)
  const turn = useFocusAsk(props.path)
  useEffect(() => {
    if (turn === null || box.current === null) return
    box.current.scrollIntoView({ block: 'center', behavior: 'smooth' })
    box.current.querySelector<HTMLElement>('input, textarea, button, [tabindex="0"]')?.focus({ preventScroll: true })
  }, [turn])
  const Widget = widgets[widgetOf(schema)]
  return (
    <div ref={box} data-field={props.path} className={styles.field}>
      <Widget {...props} schema={schema} />
    </div>
  )
}
