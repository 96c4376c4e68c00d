import { Button } from '@mantine/core'
import { IconSend } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { executeWorkflow } from '#editor/api/workflows.ts'
import { useSession } from '#editor/canvas/session-context.ts'
import { ErrorNote } from '#editor/parts/error-note.tsx'
import { TestSend } from './test-send.tsx'
import { addressesIn, MOST_ADDRESSES, rememberAddresses, rememberedAddresses } from './test-addresses.ts'
import styles from './launch.module.css'

interface TestOneProps {
  readonly version: 'draft' | number
  readonly onBack: () => void
}

/** Sends the first texts to oneself, while what was prepared goes on waiting. */
export function TestOne({ version, onBack }: TestOneProps) {
  const { t } = useTranslation()
  const { workflowId } = useSession()
  const [saved] = useState(() => rememberedAddresses(localStorage))
  const [text, setText] = useState(saved)
  const [remember, setRemember] = useState(saved !== '')
  const addresses = addressesIn(text)
  const wish = useRef({ text: '', key: '' })
  const send = useMutation({
    mutationFn: () => {
      // The same wish has the same key until it worked: a lost answer must not send twice.
      if (wish.current.text !== text) wish.current = { text, key: crypto.randomUUID() }
      return executeWorkflow(workflowId, { version, test: { addresses } }, wish.current.key)
    },
    onSuccess: () => {
      wish.current = { text: '', key: '' }
      rememberAddresses(localStorage, remember ? text : null)
    },
  })
  return (
    <>
      <div className={styles.test}>
        <TestSend text={text} remember={remember} onText={setText} onRemember={setRemember} />
        {send.isError && <ErrorNote error={send.error} />}
        <p role="status">
          {send.data !== undefined && (
            <>
              {t('launch.testSent')}{' '}
              <a href={`/runs/${send.data.runId}`} target="_blank" rel="noreferrer">
                {t('launch.testOpen')}
              </a>
            </>
          )}
        </p>
      </div>
      <footer>
        <span />
        <div className={styles.acts}>
          <Button variant="default" onClick={onBack}>
            {t('launch.testBack')}
          </Button>
          <Button
            loading={send.isPending}
            disabled={addresses.length === 0 || addresses.length > MOST_ADDRESSES}
            leftSection={<IconSend size={16} aria-hidden />}
            onClick={() => send.mutate()}
          >
            {addresses.length === 0 ? t('editor.run.testNone') : t('editor.run.testStart', { count: addresses.length })}
          </Button>
        </div>
      </footer>
    </>
  )
}
