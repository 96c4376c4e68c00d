import { wallOf } from '#schemas/time-zone.ts'

/** Offset of a zone from UTC at an instant, in ms. */
const offsetAt = (instant: number, timezone: string): number => wallOf(instant, timezone) - Math.floor(instant / 1000) * 1000

/** `+09:00` as databases write it, for an instant in a zone. */
export function offsetText(timezone: string, at = Date.now()): string {
  const minutes = Math.round(offsetAt(at, timezone) / 60_000)
  const sign = minutes < 0 ? '-' : '+'
  const two = (number: number): string => String(number).padStart(2, '0')
  return `${sign}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`
}

/**
 * The instant, as ISO text with `Z`, of a wall time (`2026-11-23 14:05:00.123456`) in a zone. A wall time that occurs twice is the first
 * one; one that does not occur is moved forward. Digits of the second are kept as they are.
 */
export function wallToInstant(wall: string, timezone: string): string {
  const found = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(\.\d+)?$/.exec(wall)
  const asUtc = found ? Date.parse(`${found[1]}T${found[2]}Z`) : Number.NaN
  if (Number.isNaN(asUtc)) return wall
  // The later offset first: where both are right (a time that occurs twice), the larger offset is the earlier instant.
  const offsets = [offsetAt(asUtc - 86_400_000, timezone), offsetAt(asUtc + 86_400_000, timezone)]
  const candidates = offsets.map((offset) => asUtc - offset).filter((instant) => instant + offsetAt(instant, timezone) === asUtc)
  const instant = candidates.length > 0 ? Math.min(...candidates) : asUtc - (offsets[0] ?? 0)
  return `${new Date(instant).toISOString().slice(0, 19)}${found?.[3] ?? ''}Z`
}
