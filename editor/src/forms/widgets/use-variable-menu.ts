import { useId, useState, type KeyboardEvent, type RefObject } from 'react'
import { openHole, putVariable } from '#editor/model/template-text.ts'
import { isComposing } from '#editor/parts/composition-guard.ts'
import { useForm } from '../form-context.ts'
import { useVariableChoices, type VariableChoice } from './variable-choices.ts'
import { choiceId } from './variable-menu.tsx'

interface Options {
  readonly area: RefObject<HTMLTextAreaElement | null>
  readonly text: string
  readonly onText: (text: string) => void
}

/** The choices that `#` or the button opens, and the keys that go through them while the focus stays in the text. */
export function useVariableMenu({ area, text, onText }: Options) {
  const { variables } = useForm()
  const id = useId()
  const [caret, setCaret] = useState(0)
  const [menu, setMenu] = useState<'closed' | 'typed' | 'button'>('closed')
  const [marked, setMarked] = useState(0)
  const hole = menu === 'closed' ? null : openHole(text, caret)
  const choices = useVariableChoices(hole?.typed ?? '')
  const open = menu === 'button' || (menu === 'typed' && hole !== null && choices.length > 0)

  const choose = (choice: VariableChoice) => {
    const written = putVariable(text, caret, choice.variable)
    onText(written.text)
    if (choice.column !== null) variables?.fill({ variable: choice.variable, column: choice.column, withText: true })
    setMenu('closed')
    requestAnimationFrame(() => {
      area.current?.focus()
      area.current?.setSelectionRange(written.caret, written.caret)
      setCaret(written.caret)
    })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    // A syllable that is being composed takes Enter and the arrows for itself.
    if (!open || isComposing(event.nativeEvent)) return
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const chosen = event.key === 'Enter' || event.key === 'Tab' ? choices[marked] : undefined
    if (step !== 0) setMarked((old) => (old + step + choices.length) % Math.max(1, choices.length))
    else if (event.key === 'Escape') setMenu('closed')
    else if (chosen !== undefined) choose(chosen)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return {
    id,
    open,
    choices,
    marked,
    setMarked,
    choose,
    /** By the button: the focus goes into the text, where the arrows go through the choices. */
    toggle: () => {
      setMenu((old) => (old === 'button' ? 'closed' : 'button'))
      setMarked(0)
      area.current?.focus()
    },
    area: {
      'aria-autocomplete': 'list' as const,
      'aria-haspopup': 'listbox' as const,
      'aria-controls': open ? id : undefined,
      'aria-activedescendant': open && choices[marked] !== undefined ? choiceId(id, marked) : undefined,
      onSelect: () => setCaret(area.current?.selectionStart ?? 0),
      onInput: () => {
        setCaret(area.current?.selectionStart ?? 0)
        setMenu('typed')
        setMarked(0)
      },
      // The list and its button keep the focus in the text.
      onBlur: () => setMenu('closed'),
      onKeyDown,
    },
  }
}
