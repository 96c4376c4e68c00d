import { SchemaForm, type SchemaFormProps } from './schema-form.tsx'
import { WidgetsProvider } from './widget-props.ts'
import { widgets } from './widgets.ts'

/**
 * A form drawn from the JSON Schema of a node's config or of a connection's settings. Put a `FormSurroundingsProvider` around it where
 * there are messages, columns or connections to know of; without one it is a plain form.
 */
export function ConfigForm(props: SchemaFormProps) {
  return (
    <WidgetsProvider value={widgets}>
      <SchemaForm {...props} />
    </WidgetsProvider>
  )
}
