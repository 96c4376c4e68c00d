import { Button } from '@mantine/core'
import { IconHome } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Pill } from '#editor/parts/pill.tsx'
import { useDocumentTitle } from '#editor/parts/screen.tsx'
import { Doors } from '#editor/screens/home/doors.tsx'
import { useNewWorkflow } from '#editor/screens/editor/use-new-workflow.ts'
import styles from './folded-flow.module.css'

/** Where somebody who comes first is, and the way home. */
export function WelcomeHead({ name }: { name: string }) {
  const { t } = useTranslation()
  useDocumentTitle(`${name} · ${t('frame.name')}`)
  return (
    <header className={styles.head}>
      <div>
        <h1>
          {name} <Pill tone="accent">{t('fold.welcome.sample')}</Pill>
        </h1>
        <p>{t('fold.welcome.text')}</p>
      </div>
      <Button
        variant="default"
        leftSection={<IconHome size={16} aria-hidden />}
        renderRoot={(props) => <Link to="/" {...props} />}
      >
        {t('fold.welcome.home')}
      </Button>
    </header>
  )
}

/** How to begin with what is one's own. */
export function WelcomeDoors() {
  const { create, creating } = useNewWorkflow()
  return <Doors busy={creating} onEmpty={() => void create()} examples={false} />
}
