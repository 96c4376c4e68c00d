import { Button } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '#editor/api/api-error.ts'
import { countRows, type AskedQuery } from '#editor/api/table-queries.ts'
import { useQueryContext } from './query-context.ts'
import styles from './visual-query.module.css'

type State =
  | { readonly at: 'none' | 'counting' }
  | { readonly at: 'counted'; readonly count: number }
  | { readonly at: 'failed'; readonly why: string }

/** Changes that follow each other are one question. */
const PAUSE_MS = 1_500

/**
 * How many people the query finds. Counted apart from the sample: it may have to read the whole table. Once somebody asked, it follows
 * the changes after a pause; a change, another step, and "stop" end the question in the database.
 */
export function QueryCount({ asked, ready, estimate }: { asked: AskedQuery; ready: boolean; estimate: number | null }) {
  const { t } = useTranslation()
  const { connection } = useQueryContext()
  const [state, setState] = useState<State>({ at: 'none' })
  const [follows, setFollows] = useState(false)
  const running = useRef<AbortController | null>(null)
  const key = JSON.stringify([connection, asked])
  const stop = () => {
    running.current?.abort()
    running.current = null
  }
  const count = () => {
    stop()
    const control = new AbortController()
    running.current = control
    setFollows(true)
    setState({ at: 'counting' })
    countRows(connection, asked, control.signal).then(
      (answer) => !control.signal.aborted && setState({ at: 'counted', count: answer.count }),
      (error: unknown) => {
        if (control.signal.aborted) return
        setState({ at: 'failed', why: error instanceof Error ? error.message : String(error) })
        if (error instanceof ApiError) setFollows(false)
      },
    )
  }
  const latest = useRef(count)
  latest.current = count
  useEffect(() => {
    stop()
    setState({ at: 'none' })
    if (!follows || !ready) return
    const timer = setTimeout(() => latest.current(), PAUSE_MS)
    return () => clearTimeout(timer)
    // `follows` alone starts nothing: it says what a change does.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [key, ready])
  useEffect(() => stop, [])
  return (
    <div className={styles.count} aria-live="polite">
      {state.at === 'counted' && <strong>{t('tableQuery.count.found', { count: state.count })}</strong>}
      {state.at === 'failed' && <span className={styles.bad}>{state.why}</span>}
      {state.at === 'counting' ? (
        <>
          <span>{t('tableQuery.count.counting')}</span>
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => {
              stop()
              setFollows(false)
              setState({ at: 'none' })
            }}
          >
            {t('tableQuery.count.stop')}
          </Button>
        </>
      ) : (
        <Button size="compact-sm" variant="default" disabled={!ready} onClick={count}>
          {t('tableQuery.count.ask')}
        </Button>
      )}
      {state.at === 'none' && estimate !== null && <small>{t('tableQuery.count.estimate', { count: estimate })}</small>}
    </div>
  )
}
