import { ZoneSelect } from '#editor/parts/zone-select.tsx'
import type { WidgetProps } from '../widget-props.ts'
import { useFieldProps } from './simple.tsx'

export function TimezoneWidget(props: WidgetProps) {
  const field = useFieldProps(props)
  const value = typeof props.value === 'string' && props.value !== '' ? props.value : null
  return (
    <ZoneSelect {...field} value={value} clearable={!props.required} onChange={(next) => props.onChange(next ?? undefined)} />
  )
}
