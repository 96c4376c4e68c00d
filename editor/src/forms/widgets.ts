import type { Widgets } from './widget-props.ts'
import { ButtonsWidget } from './widgets/buttons.tsx'
import { CasesWidget } from './widgets/cases.tsx'
import { ColumnWidget, ColumnsWidget } from './widgets/column.tsx'
import { ConditionsWidget } from './widgets/conditions.tsx'
import { ConnectionWidget } from './widgets/connection.tsx'
import { CronWidget } from './widgets/cron.tsx'
import { DurationWidget } from './widgets/duration.tsx'
import { ListWidget } from './widgets/list.tsx'
import { MappingWidget } from './widgets/mapping.tsx'
import { ObjectWidget, VariantsWidget } from './widgets/object.tsx'
import { PartColumnsWidget } from './widgets/part-columns.tsx'
import { ParametersWidget } from './widgets/parameters.tsx'
import { SharesWidget } from './widgets/shares.tsx'
import {
  BooleanWidget,
  ChoiceWidget,
  MultilineWidget,
  NumberWidget,
  PercentWidget,
  SecretWidget,
  TextWidget,
  TimeWidget,
} from './widgets/simple.tsx'
import { SqlWidget } from './widgets/sql.tsx'
import { StoredListWidget } from './widgets/stored-list.tsx'
import { SubWorkflowWidget } from './widgets/sub-workflow.tsx'
import { TemplateWidget } from './widgets/template.tsx'
import { TimezoneWidget } from './widgets/timezone.tsx'
import { VisualQueryWidget } from './widgets/visual-query.tsx'

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
  'stored-list': StoredListWidget,
  cron: CronWidget,
  timezone: TimezoneWidget,
  duration: DurationWidget,
  time: TimeWidget,
  buttons: ButtonsWidget,
  conditions: ConditionsWidget,
  cases: CasesWidget,
  shares: SharesWidget,
  percent: PercentWidget,
  parameters: ParametersWidget,
  'sub-workflow': SubWorkflowWidget,
  'part-columns': PartColumnsWidget,
  'visual-query': VisualQueryWidget,
  hidden: () => null,
}
