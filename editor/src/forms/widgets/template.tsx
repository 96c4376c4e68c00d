import { Button, Input, VisuallyHidden } from '@mantine/core'
import { IconBraces } from '@tabler/icons-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { eucKrBytes } from '#editor/model/template-text.ts'
import { useForm, useMessages, errorText } from '../form-context.ts'
import type { WidgetProps } from '../widget-props.ts'
import { useTextDraft } from '../use-text-draft.ts'
import { HoleHelp } from './hole-help.tsx'
import { useFieldProps } from './simple.tsx'
import { TemplateMarks } from './template-marks.tsx'
import { useVariableMenu } from './use-variable-menu.ts'
import { VariableMenu } from './variable-menu.tsx'
import styles from '../forms.module.css'

/**
 * The text of a message. A real textarea (so that Hangul, undo and the screen reader work as anywhere) lies over the same text drawn
 * with its variables marked: filled ones in the accent, those that nothing fills red. `#` offers what can be filled in.
 */
export function TemplateWidget(props: WidgetProps) {
  const field = useFieldProps(props)
  const { t } = useTranslation()
  const { columns, variables } = useForm()
  const area = useRef<HTMLTextAreaElement>(null)
  const text = typeof props.value === 'string' ? props.value : ''
  const draft = useTextDraft(text, (next) => props.onChange(next === '' && !props.required ? undefined : next))
  const menu = useVariableMenu({ area, text: draft.value, onText: draft.set })
  // A hole says itself that nothing fills it, with what would.
  const messages = useMessages(props.path).filter(({ code }) => code !== 'variable-not-mapped' || variables === null)
  const error = errorText(messages) ?? undefined
  const known = new Set(columns.map(({ name }) => name.normalize('NFC')))
  const isFilled = (variable: string) => (variables === null ? known.has(variable) : variables.stateOf(variable) === 'filled')
  return (
    <Input.Wrapper
      label={field.label}
      description={field.description}
      error={error}
      withAsterisk={props.required}
      labelElement="div"
    >
      <div className={styles.template} data-wrong={field.error !== undefined}>
        <div className={styles.templateText}>
          <TemplateMarks text={draft.value} isFilled={isFilled} />
          <textarea
            ref={area}
            {...draft.props}
            {...menu.area}
            aria-label={field.label}
            aria-invalid={field.error !== undefined}
            placeholder={field.placeholder || t('forms.template.placeholder')}
            spellCheck={false}
          />
        </div>
        <div className={styles.templateFoot}>
          <Counter text={draft.value} />
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconBraces size={14} />}
            aria-expanded={menu.open}
            onPointerDown={(event) => event.preventDefault()}
            onClick={menu.toggle}
          >
            {t('forms.template.insert')}
          </Button>
        </div>
      </div>
      {menu.open && (
        <VariableMenu id={menu.id} choices={menu.choices} marked={menu.marked} onMark={menu.setMarked} onChoose={menu.choose} />
      )}
      <VisuallyHidden role="status">
        {menu.open && menu.choices.length > 0 && t('forms.template.choices', { count: menu.choices.length })}
      </VisuallyHidden>
      <HoleHelp text={draft.value} />
    </Input.Wrapper>
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
