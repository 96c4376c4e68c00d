import { Button } from '@mantine/core'
import { IconPlayerPlay, IconSend, IconSitemap } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { runQuery } from '#editor/api/runs.ts'
import { useChecks, useView } from '#editor/canvas/session-context.ts'
import { ErrorNote } from '#editor/parts/error-note.tsx'
import { KeyHint } from '#editor/parts/key-hint.tsx'
import { isSent } from '#editor/screens/run/run-facts.ts'
import { PracticeRun } from './practice-run.tsx'
import styles from './run-strip.module.css'

interface RunStripProps {
  readonly sandbox: boolean
  /** People who get something, once everybody was counted. */
  readonly people: number | null
  readonly busy: boolean
  readonly error: Error | null
  readonly onRun: () => void
  readonly onUnfold: () => void
  readonly unfoldButton: RefObject<HTMLButtonElement | null>
}

/** The one button that sends, what it will do, and what came of it; and the way to the whole graph. */
export function RunStrip({ sandbox, people, busy, error, onRun, onUnfold, unfoldButton }: RunStripProps) {
  const { t } = useTranslation()
  const practice = useView((state) => state.practice)
  const errors = useChecks((state) => state.problems.filter(({ severity }) => severity === 'error').length)
  const again = practice !== null
  // The same one that is shown above: while it sends, a second one would only confuse.
  const run = useQuery({ ...runQuery(practice ?? ''), enabled: again }).data
  const canRun = !again || (run !== undefined && isSent(run.state))
  const word = !sandbox ? 'fold.run.real' : again ? 'fold.run.again' : 'fold.run.practice'
  const what = sandbox
    ? people === null
      ? t('fold.run.safe')
      : t('fold.run.safeCount', { count: people })
    : t('fold.run.asksFirst')
  return (
    <div className={styles.strip}>
      {practice !== null && <PracticeRun key={practice} runId={practice} />}
      {error !== null && <ErrorNote error={error} onRetry={onRun} />}
      <div className={styles.acts}>
        {canRun && (
          <>
            <Button
              size="md"
              variant={again ? 'default' : 'filled'}
              loading={busy}
              leftSection={sandbox ? <IconPlayerPlay size={18} aria-hidden /> : <IconSend size={18} aria-hidden />}
              onClick={onRun}
            >
              {t(word)}
            </Button>
            <p data-bad={errors > 0 || undefined}>{errors > 0 ? t('fold.run.fixFirst', { count: errors }) : what}</p>
          </>
        )}
        <Button
          ref={unfoldButton}
          variant="default"
          leftSection={<IconSitemap size={16} className={styles.flow} aria-hidden />}
          rightSection={<KeyHint>F</KeyHint>}
          onClick={onUnfold}
        >
          {t('fold.unfold')}
        </Button>
      </div>
    </div>
  )
}
