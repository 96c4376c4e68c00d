import type { Widgets } from './widget-props.ts'
import { ButtonsWidget } from './widgets/buttons.tsx'
import { ColumnWidget, ColumnsWidget } from './widgets/column.tsx'
import { ConditionsWidget } from './widgets/conditions.tsx'
import { ConnectionWidget } from './widgets/connection.tsx'
import { CronWidget } from './widgets/cron.tsx'
import { DurationWidget } from './widgets/duration.tsx'
import { ListWidget } from './widgets/list.tsx'
import { MappingWidget } from './widgets/mapping.tsx'
import { ObjectWidget, VariantsWidget } from './widgets/object.tsx'
import { ParametersWidget } from './widgets/parameters.tsx'
import { BooleanWidget, ChoiceWidget, MultilineWidget, NumberWidget, SecretWidget, TextWidget } from './widgets/simple.tsx'
import { SqlWidget } from './widgets/sql.tsx'
import { TemplateWidget } from './widgets/template.tsx'
import { TimezoneWidget } from './widgets/timezone.tsx'

/** Which component draws which kind of field: the explicit list. */
export const widgets: Widgets = {
  text: TextWidget,
  secret: SecretWidget,
  number: NumberWidget,
  boolean: BooleanWidget,
  choice: ChoiceWidget,
  multiline: MultilineWidget,
  list: ListWidget,
  object: ObjectWidget,
  variants: VariantsWidget,
  sql: SqlWidget,
  template: TemplateWidget,
  mapping: MappingWidget,
  column: ColumnWidget,
  columns: ColumnsWidget,
  connection: ConnectionWidget,
  cron: CronWidget,
  timezone: TimezoneWidget,
  duration: DurationWidget,
  buttons: ButtonsWidget,
  conditions: ConditionsWidget,
  parameters: ParametersWidget,
  hidden: () => null,
}
