import { useTranslation } from 'react-i18next'
import { friendlyName } from '#schemas/friendly-name.ts'
import type { HoleOffer } from '#editor/model/hole-offers.ts'
import { variablesOf } from '#editor/model/template-text.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import { useForm, type VariableActions } from '../form-context.ts'
import styles from './hole-help.module.css'

/** Under a text: each variable that nothing fills, with what may fill it and why. One click mends it. */
export function HoleHelp({ text }: { text: string }) {
  const { t } = useTranslation()
  const { variables, columns } = useForm()
  if (variables === null) return null
  const open = variablesOf(text).filter((name) => variables.stateOf(name) !== 'filled')
  if (open.length === 0) return null
  // Before anybody was chosen nothing can be right or wrong about them.
  if (columns.length === 0) return <p className={styles.later}>{t('forms.holes.later')}</p>
  return (
    <ul className={styles.holes} aria-label={t('forms.holes.title')}>
      {open.map((name) => (
        <Hole key={name} name={name} variables={variables} />
      ))}
    </ul>
  )
}

function Hole({ name, variables }: { name: string; variables: VariableActions }) {
  const { t } = useTranslation()
  const offers = variables.offersFor(name)
  return (
    <li>
      <p>
        <mark>{`#{${name}}`}</mark> {t(`forms.holes.${variables.stateOf(name) === 'broken' ? 'broken' : 'empty'}`)}
      </p>
      {offers.map((offer) => (
        <Offer
          key={offer.kind === 'column' ? `column/${offer.column}` : `renamed/${offer.old}`}
          offer={offer}
          onTake={() => {
            if (offer.kind === 'column') variables.fill({ variable: name, column: offer.column, withText: false })
            else variables.rename(offer.old, name, { copy: offer.isUsed })
          }}
        />
      ))}
      {offers.length === 0 && <p className={styles.holeNone}>{t('forms.holes.none')}</p>}
    </li>
  )
}

function Offer({ offer, onTake }: { offer: HoleOffer; onTake: () => void }) {
  const { t } = useTranslation()
  const { columns } = useForm()
  const language = useLanguage()
  if (offer.kind === 'renamed')
    return (
      <button type="button" className={styles.offer} onClick={onTake}>
        <b>{t('forms.holes.keep', { name: offer.old })}</b>{' '}
        <small>{t(`forms.holes.why.${offer.isUsed ? 'alike' : 'renamed'}`)}</small>
      </button>
    )
  const column = columns.find(({ name }) => name === offer.column) ?? { name: offer.column }
  const friendly = friendlyName(column, language)
  return (
    <button type="button" className={styles.offer} onClick={onTake}>
      <b>{t('forms.mapping.fillWith', { column: friendly })}</b> {friendly !== column.name && <code>{column.name}</code>}{' '}
      <small>{t(`forms.holes.why.${offer.reason}`)}</small>
    </button>
  )
}
