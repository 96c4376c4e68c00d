import { useEffect, useState } from 'react'

/** True one drawing after `opened` is: a dialog that is open from its first moment on would neither keep the focus nor give it back. */
export function useOneStepBehind(opened: boolean): boolean {
  const [shown, setShown] = useState(false)
  // The second drawing is what is meant.
  // oxlint-disable-next-line react/set-state-in-effect
  useEffect(() => setShown(opened), [opened])
  return shown
}
