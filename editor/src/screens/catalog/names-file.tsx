import { Button, Menu } from '@mantine/core'
import { IconDots, IconDownload, IconUpload } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CatalogNamesAnswer } from '#schemas/api/catalog.ts'
import type { CatalogNames } from '#schemas/catalog-names.ts'
import { changeCatalogNames, readCatalogNames } from '#editor/api/catalog.ts'
import { mergedNames } from '#editor/catalog/names-change.ts'
import { pickFile } from '#editor/imports/use-file-import.tsx'
import { saveFile } from '#editor/parts/save-file.ts'
import { toastDone, toastError } from '#editor/parts/toasts.ts'
import styles from './tables-pane.module.css'

/** Names as a file: written out, and laid over what was said. What fits nothing here is kept, and told. */
export function NamesFile({ connectionId }: { connectionId: string }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [unknown, setUnknown] = useState<CatalogNamesAnswer['unknown']>([])
  const write = async () => {
    try {
      const { names } = await readCatalogNames(connectionId)
      saveFile(new Blob([JSON.stringify(names, null, 2)], { type: 'application/json' }), 'table-mappings.json')
    } catch (error) {
      toastError(error)
    }
  }
  const read = async (file: File) => {
    try {
      const names = namesIn(await file.text())
      if (names === null) throw new Error(t('catalog.file.unreadable', { name: file.name }))
      const saved = await changeCatalogNames(connectionId, (old) => mergedNames(old, names))
      setUnknown(saved.unknown)
      await client.invalidateQueries({ queryKey: ['catalog', connectionId] })
      toastDone(t('catalog.file.taken', { count: Object.keys(names).length }))
    } catch (error) {
      toastError(error)
    }
  }
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="subtle" size="compact-sm" leftSection={<IconDots size={14} aria-hidden />}>
            {t('catalog.file.menu')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconDownload size={16} aria-hidden />} onClick={() => void write()}>
            {t('catalog.file.write')}
          </Menu.Item>
          <Menu.Item leftSection={<IconUpload size={16} aria-hidden />} onClick={() => pickFile((file) => void read(file))}>
            {t('catalog.file.read')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {unknown.length > 0 && (
        <p role="status" className={styles.unknown}>
          {t('catalog.file.unknown', {
            count: unknown.length,
            list: unknown
              .map(({ table, column }) => (column === null ? table : `${table}.${column}`))
              .slice(0, 8)
              .join(', '),
          })}
        </p>
      )}
    </>
  )
}

/** What a file says, where it is an object of objects: the server looks at the rest. */
function namesIn(text: string): CatalogNames | null {
  try {
    const found: unknown = JSON.parse(text)
    if (typeof found !== 'object' || found === null || Array.isArray(found)) return null
    const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value)
    // Checked by the server before it is kept.
    return Object.values(found).every(isObject) ? (found as CatalogNames) : null
  } catch {
    return null
  }
}
