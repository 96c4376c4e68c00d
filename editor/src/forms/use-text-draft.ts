import { type ChangeEvent, type CompositionEvent, useEffect, useRef, useState } from 'react'

type TextElement = HTMLInputElement | HTMLTextAreaElement

/**
 * Text that goes into the draft as it is typed, except while a Hangul syllable is being composed: a half-made one is shown, but neither
 * saved nor put into the history.
 */
export function useTextDraft(value: string, onChange: (value: string) => void) {
  const [shown, setShown] = useState(value)
  const composing = useRef(false)
  const sent = useRef(value)
  useEffect(() => {
    // Undo, a fix, another tab: the draft changed under the field.
    if (value !== sent.current && !composing.current) {
      sent.current = value
      setShown(value)
    }
  }, [value])
  const send = (text: string) => {
    sent.current = text
    onChange(text)
  }
  return {
    value: shown,
    set: (text: string) => {
      setShown(text)
      send(text)
    },
    props: {
      value: shown,
      onChange: (event: ChangeEvent<TextElement>) => {
        const text = event.currentTarget.value
        setShown(text)
        if (!composing.current) send(text)
      },
      onCompositionStart: () => {
        composing.current = true
      },
      onCompositionEnd: (event: CompositionEvent<TextElement>) => {
        composing.current = false
        const text = event.currentTarget.value
        setShown(text)
        send(text)
      },
    },
  }
}
