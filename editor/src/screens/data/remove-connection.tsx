import { useTranslation } from 'react-i18next'
import type { Connection } from '#schemas/connection.ts'
import { deleteConnection } from '#editor/api/connections.ts'
import { RemoveFromData } from './remove-from-data.tsx'

/** Deletes a connection. */
export function RemoveConnection({ connection: { id, name } }: { connection: Connection }) {
  const { t } = useTranslation()
  return (
    <RemoveFromData
      name={name}
      words="data.remove"
      text={t('data.remove.text')}
      queries={{ one: ['connection', id], all: ['connections'] }}
      remove={() => deleteConnection(id)}
    />
  )
}
