import { Select } from '@mantine/core'
import { useMemo } from 'react'
import type { WidgetProps } from '../widget-props.ts'
import { useFieldProps } from './simple.tsx'

/** IANA zones with the hours they are ahead of UTC now. */
export function useZones(): { value: string; label: string }[] {
  return useMemo(() => {
    const zones = Intl.supportedValuesOf('timeZone')
    const first = ['Asia/Seoul', 'UTC', 'Asia/Tokyo', 'America/Los_Angeles', 'America/New_York', 'Europe/London']
    return [...new Set([...first, ...zones])].map((zone) => ({ value: zone, label: `${zone} (${offsetText(zone)})` }))
  }, [])
}

function offsetText(zone: string): string {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'shortOffset' }).formatToParts(new Date())
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? 'UTC'
}

export function TimezoneWidget(props: WidgetProps) {
  const field = useFieldProps(props)
  const data = useZones()
  const value = typeof props.value === 'string' && props.value !== '' ? props.value : null
  const known = value === null || data.some((zone) => zone.value === value)
  return (
    <Select
      {...field}
      data={known ? data : [{ value, label: value }, ...data]}
      value={value}
      searchable
      limit={60}
      clearable={!props.required}
      onChange={(next) => props.onChange(next ?? undefined)}
    />
  )
}
