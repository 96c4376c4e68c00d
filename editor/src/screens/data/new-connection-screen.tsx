import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useNodeTypes } from '#editor/api/workflows.ts'
import { QueryState } from '#editor/parts/query-state.tsx'
import { Screen } from '#editor/parts/screen.tsx'
import { useLanguage } from '#editor/words/use-language.ts'

/** The kinds of connections that can be made. */
export function NewConnectionScreen() {
  const { t } = useTranslation()
  const language = useLanguage()
  const query = useNodeTypes()
  return (
    <Screen title={t('screens.data.new')} crumbs={<Link to="/data">{t('screens.data.title')} /</Link>}>
      <QueryState query={query}>
        {({ connectionKinds }) => (
          <ul>
            {connectionKinds
              .filter(({ builtIn }) => !builtIn)
              .map(({ kind, title }) => (
                <li key={kind}>{title[language]}</li>
              ))}
          </ul>
        )}
      </QueryState>
    </Screen>
  )
}
