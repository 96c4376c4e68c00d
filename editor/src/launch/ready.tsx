import { Button, Checkbox, Group, NumberInput } from '@mantine/core'
import { IconAlertTriangle, IconFlask, IconSend } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Launch } from '#schemas/api/launch.ts'
import type { ApproveInput } from '#schemas/api/runs.ts'
import type { Run } from '#schemas/run.ts'
import { useLiveState } from '#editor/live/socket.ts'
import { Figures } from './figures.tsx'
import { LaunchFrame } from './launch-frame.tsx'
import { RealSending } from './real-sending.tsx'
import { TestOne } from './test-one.tsx'
import styles from './launch.module.css'

/** How many get it before a person says yes to the rest. */
const FEW_FIRST = 50

interface ReadyProps {
  readonly run: Run
  readonly launch: Launch
  readonly version: 'draft' | number
  readonly name: string
  /** The draft was changed elsewhere since. */
  readonly changed: boolean
  /** It is being sent by this very dialog. */
  readonly sending: boolean
  readonly onLeave: () => void
  readonly onSend: (word: ApproveInput) => void
}

/** What was found while it prepared, and the choice. */
export function Ready({ run, launch, version, name, changed, sending, onLeave, onSend }: ReadyProps) {
  const { t } = useTranslation()
  const live = useLiveState()
  const count = launch.count ?? run.toSend
  // Few people need no first part.
  const few = Math.min(FEW_FIRST, Math.max(1, (count ?? FEW_FIRST * 2) - 1))
  const [part, setPart] = useState<number | null>(count !== null && count > FEW_FIRST * 2 ? FEW_FIRST : null)
  const [testing, setTesting] = useState(false)
  const title = count === null ? t('launch.title.unknown') : t('launch.title.ready', { count })
  const goName =
    part !== null ? t('launch.goFirst', { count: part }) : count === null ? t('launch.goUnknown') : t('launch.go', { count })
  return (
    <LaunchFrame title={title} name={name} onClose={onLeave}>
      {live === 'lost' && <Note text={t('launch.lost')} />}
      {changed && <Note text={t('launch.elsewhere.changed')} />}
      {launch.guard !== null && <Note title={t('launch.guard')} text={launch.guard.message} />}
      <Figures run={run} launch={launch} />
      {launch.appended.map(({ nodeId, count: twice, lists }) => (
        <Note key={nodeId} text={t('launch.appended', { count: twice, lists: lists.join(' → ') })} />
      ))}
      {testing ? (
        <TestOne version={version} onBack={() => setTesting(false)} />
      ) : (
        <>
          {count !== 1 && (
            <div className={styles.first}>
              <Checkbox
                label={t('launch.first')}
                description={part === null || count === null ? undefined : t('launch.firstHow', { count: count - part })}
                checked={part !== null}
                onChange={(event) => setPart(event.currentTarget.checked ? few : null)}
              />
              {part !== null && (
                <NumberInput
                  aria-label={t('launch.firstCount')}
                  value={part}
                  min={1}
                  max={count === null ? 1_000_000 : Math.max(1, count - 1)}
                  clampBehavior="strict"
                  allowDecimal={false}
                  allowNegative={false}
                  thousandSeparator=","
                  onChange={(value) => typeof value === 'number' && value >= 1 && setPart(value)}
                />
              )}
            </div>
          )}
          <RealSending launch={launch} />
          <footer>
            <Button variant="default" leftSection={<IconFlask size={16} aria-hidden />} onClick={() => setTesting(true)}>
              {t('launch.test')}
            </Button>
            <Group gap={8}>
              <Button variant="default" autoFocus onClick={onLeave}>
                {t('launch.cancel')}
              </Button>
              <Button
                loading={sending}
                leftSection={<IconSend size={16} aria-hidden />}
                onClick={() => onSend(part === null ? {} : { first: part })}
              >
                {goName}
              </Button>
            </Group>
          </footer>
        </>
      )}
    </LaunchFrame>
  )
}

function Note({ title, text }: { title?: string; text: string }) {
  return (
    <div className={styles.note} role="alert">
      <IconAlertTriangle size={18} aria-hidden />
      <p>
        {title !== undefined && <b>{title} · </b>}
        {text}
      </p>
    </div>
  )
}
