import { useEffect, useRef } from 'react'
import { widgetOf, withoutNull } from './form-schema.ts'
import { useWidgets, type WidgetProps } from './widget-props.ts'
import { FieldFixes } from './field-fixes.tsx'
import { useFocusAsk } from './use-focus-ask.ts'
import styles from './forms.module.css'

/** One field: the widget that its schema asks for. `data-field` is what "jump to the problem" looks for. */
export function FormField(props: WidgetProps) {
  const schema = withoutNull(props.schema)
  const box = useRef<HTMLDivElement>(null)
  const turn = useFocusAsk(props.path)
  useEffect(() => {
    if (turn === null || box.current === null) return
    // A folded entry of a list hides what is asked for.
    box.current.closest('details')?.setAttribute('open', '')
    box.current.scrollIntoView({ block: 'center', behavior: 'smooth' })
    box.current.querySelector<HTMLElement>('input, textarea, button, [tabindex="0"]')?.focus({ preventScroll: true })
  }, [turn])
  const widgets = useWidgets()
  const kind = widgetOf(schema)
  const Widget = widgets[kind]
  return (
    <div ref={box} data-field={props.path} className={styles.field}>
      <Widget {...props} schema={schema} />
      <FieldFixes path={props.path} without={kind === 'template' ? 'variable-not-mapped' : undefined} />
    </div>
  )
}
