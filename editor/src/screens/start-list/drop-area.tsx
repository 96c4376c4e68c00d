import { Button } from '@mantine/core'
import { IconClipboardText, IconFileUpload, IconLock } from '@tabler/icons-react'
import { useEffect, useId, useRef, useState, type DragEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorNote } from '#editor/parts/error-note.tsx'
import { useTakeList } from './use-take-list.ts'
import styles from './drop-area.module.css'

const ACCEPT = '.xlsx,.csv,.tsv,.txt,text/csv,text/plain'

/** Where a list comes in: a paste, a dropped file, a chosen file, or text that somebody types. */
export function DropArea() {
  const { t } = useTranslation()
  const taking = useTakeList()
  const [typed, setTyped] = useState('')
  const [isOver, setIsOver] = useState(false)
  const area = useRef<HTMLTextAreaElement>(null)
  const ids = { title: useId(), text: useId() }
  // Ctrl V works at once.
  useEffect(() => area.current?.focus({ preventScroll: true }), [])
  const drag = {
    onDragOver: (event: DragEvent) => {
      event.preventDefault()
      setIsOver(true)
    },
    onDragLeave: () => setIsOver(false),
    onDrop: (event: DragEvent) => {
      event.preventDefault()
      setIsOver(false)
      const file = event.dataTransfer.files[0]
      if (file !== undefined) taking.file(file)
      else taking.text(event.dataTransfer.getData('text/plain'))
    },
  }
  return (
    <>
      {taking.failure !== null && <ErrorNote title={taking.failure.title} error={{ message: taking.failure.why }} />}
      <section className={styles.area} data-over={isOver || undefined} aria-busy={taking.isReading} {...drag}>
        <span className={styles.sign} aria-hidden>
          <IconClipboardText size={28} stroke={1.6} />
        </span>
        <h2 id={ids.title}>{isOver ? t('startList.area.drop') : t('startList.area.title')}</h2>
        <p id={ids.text}>{t('startList.area.text')}</p>
        <textarea
          ref={area}
          aria-label={t('startList.area.label')}
          aria-describedby={`${ids.title} ${ids.text}`}
          rows={3}
          spellCheck={false}
          placeholder={'이름\t휴대폰\n김하나\t010-1234-5678'}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onPaste={(event) => {
            const file = event.clipboardData.files[0]
            const text = event.clipboardData.getData('text/plain')
            if (text === '' && file === undefined) return
            event.preventDefault()
            if (text !== '') taking.text(typed + text)
            else if (file !== undefined) taking.file(file)
          }}
        />
        {typed.trim() !== '' && <Button onClick={() => taking.text(typed)}>{t('startList.area.read')}</Button>}
        <FileChoice isReading={taking.isReading} onFile={taking.file} />
        <p className={styles.private}>
          <IconLock size={14} aria-hidden />
          {t('startList.area.private')}
        </p>
      </section>
    </>
  )
}

/** The button that asks the browser for a file. */
function FileChoice({ isReading, onFile }: { isReading: boolean; onFile: (file: File) => void }) {
  const { t } = useTranslation()
  const chooser = useRef<HTMLInputElement>(null)
  return (
    <div className={styles.file}>
      <Button
        variant="default"
        loading={isReading}
        leftSection={<IconFileUpload size={16} aria-hidden />}
        onClick={() => chooser.current?.click()}
      >
        {t('startList.area.file')}
      </Button>
      <span>{t('startList.area.kinds')}</span>
      <input
        ref={chooser}
        type="file"
        hidden
        accept={ACCEPT}
        aria-label={t('startList.area.file')}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0]
          // The same file may be chosen again after it was mended.
          event.currentTarget.value = ''
          if (file !== undefined) onFile(file)
        }}
      />
    </div>
  )
}
