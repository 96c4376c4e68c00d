import { useCallback, useState } from 'react'

/** A size or a fold that this browser remembers; a value that cannot be read is the default. */
export function useRemembered<Value extends number | boolean>(key: string, initial: Value): [Value, (value: Value) => void] {
  const name = `alimflow.editor.${key}`
  const [value, setValue] = useState<Value>(() => {
    try {
      const stored: unknown = JSON.parse(localStorage.getItem(name) ?? 'null')
      // The type was just compared with the default's.
      return typeof stored === typeof initial ? (stored as Value) : initial
    } catch {
      return initial
    }
  })
  const remember = useCallback(
    (next: Value) => {
      setValue(next)
      try {
        localStorage.setItem(name, JSON.stringify(next))
      } catch {
        // A browser that stores nothing still works; it only forgets.
      }
    },
    [name],
  )
  return [value, remember]
}
