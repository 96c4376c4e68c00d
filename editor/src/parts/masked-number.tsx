import styles from './masked-number.module.css'

/** A phone number or address in even digits, as the server gives it: masked, unless it was revealed. */
export function MaskedNumber({ address }: { address: string | null }) {
  return <span className={styles.number}>{address ?? '–'}</span>
}
