import { Button, Input } from '@mantine/core'
import { IconBraces } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { eucKrBytes, openHole, piecesOf, putVariable } from '#editor/model/template-text.ts'
import { isComposing } from '#editor/parts/composition-guard.ts'
import { useForm } from '../form-context.ts'
import type { WidgetProps } from '../widget-props.ts'
import { useTextDraft } from '../use-text-draft.ts'
import { useFieldProps } from './simple.tsx'
import { VariableMenu } from './variable-menu.tsx'
import { useVariableChoices, type VariableChoice } from './variable-choices.ts'
import styles from '../forms.module.css'

/**
 * The text of a message. A real textarea (so that Hangul, undo and the screen reader work as anywhere) lies over the same text drawn
 * with its variables marked: filled ones in the accent, unknown ones red. `#` offers what can be filled in.
 */
export function TemplateWidget(props: WidgetProps) {
  const field = useFieldProps(props)
  const { t } = useTranslation()
  const { columns, onFillVariable } = useForm()
  const area = useRef<HTMLTextAreaElement>(null)
  const text = typeof props.value === 'string' ? props.value : ''
  const draft = useTextDraft(text, (next) => props.onChange(next === '' && !props.required ? undefined : next))
  const [caret, setCaret] = useState(0)
  const [menu, setMenu] = useState<'closed' | 'typed' | 'button'>('closed')
  const [marked, setMarked] = useState(0)
  const hole = menu === 'typed' ? openHole(draft.value, caret) : null
  const choices = useVariableChoices(hole?.typed ?? '')
  const open = menu === 'button' || (menu === 'typed' && hole !== null && choices.length > 0)

  const insert = (choice: VariableChoice) => {
    const written = putVariable(draft.value, caret, choice.variable)
    draft.set(written.text)
    if (choice.column !== null) onFillVariable?.(choice.variable, choice.column)
    setMenu('closed')
    requestAnimationFrame(() => {
      area.current?.focus()
      area.current?.setSelectionRange(written.caret, written.caret)
      setCaret(written.caret)
    })
  }
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (!open || isComposing(event.nativeEvent)) return
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const chosen = event.key === 'Enter' || event.key === 'Tab' ? choices[marked] : undefined
    if (step !== 0) setMarked((old) => Math.max(0, Math.min(choices.length - 1, old + step)))
    else if (event.key === 'Escape') setMenu('closed')
    else if (chosen !== undefined) insert(chosen)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <Input.Wrapper
      label={field.label}
      description={field.description}
      error={field.error}
      withAsterisk={props.required}
      labelElement="div"
    >
      <div className={styles.template} data-wrong={field.error !== undefined}>
        <div className={styles.templateText}>
          <Marked text={draft.value} known={new Set(columns.map(({ name }) => name.normalize('NFC')))} />
          <textarea
            ref={area}
            {...draft.props}
            aria-label={field.label}
            placeholder={field.placeholder || t('forms.template.placeholder')}
            spellCheck={false}
            onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
            onInput={(event) => {
              setCaret(event.currentTarget.selectionStart)
              setMenu('typed')
              setMarked(0)
            }}
            onBlur={() => setMenu((old) => (old === 'typed' ? 'closed' : old))}
            onKeyDown={onKeyDown}
          />
        </div>
        <div className={styles.templateFoot}>
          <Counter text={draft.value} />
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconBraces size={14} />}
            aria-expanded={open}
            onClick={() => setMenu((old) => (old === 'button' ? 'closed' : 'button'))}
          >
            {t('forms.template.insert')}
          </Button>
        </div>
      </div>
      {open && <VariableMenu choices={choices} marked={marked} onMark={setMarked} onChoose={insert} />}
    </Input.Wrapper>
  )
}

/** The same text with its variables marked, under the textarea. Line by line as the textarea wraps it, so both stand exactly alike. */
function Marked({ text, known }: { text: string; known: ReadonlySet<string> }) {
  return (
    <div className={styles.templateMarks} aria-hidden>
      {piecesOf(text).map((piece, index) =>
        piece.kind === 'text' ? (
          piece.text
        ) : (
          // Pieces have no identity but their place in the text.
          <mark key={index} data-known={known.has(piece.name)}>
            {piece.text}
          </mark>
        ),
      )}
      {'\n'}
    </div>
  )
}

/** Length of the text as it stands, holes not filled: a first hint. The preview counts the finished message. */
function Counter({ text }: { text: string }) {
  const { t } = useTranslation()
  const { lengthUnit } = useForm()
  const characters = Array.from(text).length
  const words =
    lengthUnit === 'bytes'
      ? t('forms.template.bytes', { count: eucKrBytes(text) })
      : t('forms.template.characters', { count: characters })
  return <span className={styles.counter}>{words}</span>
}
