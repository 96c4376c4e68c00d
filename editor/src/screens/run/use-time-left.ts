import { useEffect, useState } from 'react'

/** Ms until then, counted down each second; 0 once it is past, null when nobody knows. */
export function useTimeLeft(eta: string | null): number | null {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    if (eta === null) return
    const timer = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [eta])
  const then = eta === null ? Number.NaN : Date.parse(eta)
  return Number.isNaN(then) ? null : Math.max(0, then - now)
}
