import { Select, type SelectProps } from '@mantine/core'
import { useMemo } from 'react'

const FIRST = ['Asia/Seoul', 'UTC', 'Asia/Tokyo', 'America/Los_Angeles', 'America/New_York', 'Europe/London']

/** A zone with the hours that it is ahead of UTC now. To ask the browser costs a millisecond: only for zones that are shown. */
function withOffset(zone: string): string {
  try {
    const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'shortOffset' })
    const offset = format.formatToParts(new Date()).find(({ type }) => type === 'timeZoneName')?.value
    return `${zone} (${offset ?? 'UTC'})`
  } catch {
    // One that this browser does not know, from a newer server.
    return zone
  }
}

const shown = ({ option }: { option: { value: string } }) => withOffset(option.value)

/** A choice of IANA zones. One that is not known here is kept as it is. */
export function ZoneSelect({ value, ...props }: Omit<SelectProps, 'data' | 'renderOption' | 'searchable' | 'limit'>) {
  const zones = useMemo(() => [...new Set([...FIRST, ...Intl.supportedValuesOf('timeZone')])], [])
  const data = useMemo(() => {
    const all = value == null || zones.includes(value) ? zones : [value, ...zones]
    return all.map((zone) => ({ value: zone, label: zone === value ? withOffset(zone) : zone }))
  }, [zones, value])
  return <Select {...props} value={value ?? null} data={data} renderOption={shown} searchable limit={60} />
}
