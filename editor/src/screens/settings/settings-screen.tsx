import { useTranslation } from 'react-i18next'
import { Screen } from '#editor/parts/screen.tsx'
import { BrowserCard } from './browser-card.tsx'
import { GuardsCard } from './guards-card.tsx'
import { HealthCard } from './health-card.tsx'
import { LinksCard } from './links-card.tsx'
import { NoticesCard } from './notices-card.tsx'
import { PluginsCard } from './plugins-card.tsx'
import { PrivacyCard } from './privacy-card.tsx'
import { WorkersCard } from './workers-card.tsx'
import { WorkspaceCard } from './workspace-card.tsx'
import styles from './settings.module.css'

/** This browser, the workspace, how the server fares, own nodes, links for developers. */
export function SettingsScreen() {
  const { t } = useTranslation()
  return (
    <Screen title={t('settings.title')}>
      <div className={styles.columns}>
        <div className={styles.column}>
          <WorkspaceCard />
          <BrowserCard />
          <NoticesCard />
        </div>
        <div className={styles.column}>
          <HealthCard />
          <WorkersCard />
          <GuardsCard />
          <PrivacyCard />
          <PluginsCard />
          <LinksCard />
        </div>
      </div>
    </Screen>
  )
}
