import { useComputedColorScheme } from '@mantine/core'
import * as monaco from 'monaco-editor/editor/editor.api.js'
import 'monaco-editor/features/register.all.js'
import 'monaco-editor/languages/definitions/mysql/register.js'
import 'monaco-editor/languages/definitions/pgsql/register.js'
import EditorWorker from 'monaco-editor/editor/editor.worker.js?worker'
import { type RefObject, useEffect, useRef } from 'react'
import type { SqlHelp } from '#editor/sql/offers.ts'
import { offerIn } from '#editor/sql/monaco-offers.ts'
import type { FieldMessage } from '../form-context.ts'

// SQL needs this one worker only.
self.MonacoEnvironment = { getWorker: () => new EditorWorker() }

export interface SqlEditorProps {
  readonly value: string
  readonly onChange: (sql: string) => void
  readonly language: 'pgsql' | 'mysql'
  readonly label: string
  readonly messages: readonly FieldMessage[]
  readonly onSubmit: (() => void) | null
  /** Lays the text out in lines. */
  readonly onFormat: () => void
  /** What can be written here; asked when somebody types. */
  readonly help: SqlHelp
  /** Set while the editor is there: writes a text where the caret is, and goes on there. */
  readonly inserter: RefObject<((text: string) => void) | null>
}

/** The theme's colours as Monaco wants them: hex, read from the tokens that are in force. */
function defineTheme(dark: boolean): string {
  const tokens = getComputedStyle(document.documentElement)
  // The built style sheet shortens #ffffff to #fff, which Monaco refuses.
  const color = (name: string) =>
    tokens
      .getPropertyValue(`--${name}`)
      .trim()
      .replace(/^#(.)(.)(.)$/, '#$1$1$2$2$3$3')
  const bare = (name: string) => color(name).replace('#', '')
  const theme = dark ? 'alimflow-dark' : 'alimflow-light'
  monaco.editor.defineTheme(theme, {
    base: dark ? 'vs-dark' : 'vs',
    inherit: true,
    rules: [
      { token: 'keyword', foreground: bare('transform'), fontStyle: 'bold' },
      { token: 'string', foreground: bare('ok') },
      { token: 'string.sql', foreground: bare('ok') },
      { token: 'operator.sql', foreground: bare('ink-2') },
      { token: 'predefined.sql', foreground: bare('source') },
      { token: 'number', foreground: bare('trigger') },
      { token: 'comment', foreground: bare('ink-3') },
      { token: 'predefined', foreground: bare('source') },
    ],
    colors: {
      'editor.background': color('surface'),
      'editor.foreground': color('ink'),
      'editorLineNumber.foreground': color('ink-3'),
      'editor.lineHighlightBackground': color('sunken'),
      'editorError.foreground': color('bad'),
    },
  })
  return theme
}

const options = {
  fontFamily: '"JetBrains Mono Variable", "Pretendard Variable", monospace',
  fontSize: 13,
  lineHeight: 20,
  minimap: { enabled: false },
  automaticLayout: true,
  lineNumbersMinChars: 3,
  folding: false,
  glyphMargin: false,
  scrollBeyondLastLine: false,
  wordWrap: 'on',
  padding: { top: 8, bottom: 8 },
  overviewRulerLanes: 0,
  renderLineHighlight: 'none',
  scrollbar: { alwaysConsumeMouseWheel: false },
  fixedOverflowWidgets: true,
  // One field of a form among others: Tab leaves it, as it leaves each of them. Ctrl+M makes Tab write, as Monaco has it.
  tabFocusMode: true,
  tabSize: 2,
  suggest: { showStatusBar: false, preview: false, snippetsPreventQuickSuggestions: false },
  wordBasedSuggestions: 'off',
  // Enter on what is typed in full makes a line.
  acceptSuggestionOnEnter: 'smart',
  stickyScroll: { enabled: false },
} as const satisfies monaco.editor.IStandaloneEditorConstructionOptions

function markersOf(model: monaco.editor.ITextModel, messages: readonly FieldMessage[]): monaco.editor.IMarkerData[] {
  const severities = {
    error: monaco.MarkerSeverity.Error,
    warning: monaco.MarkerSeverity.Warning,
    info: monaco.MarkerSeverity.Info,
  }
  return messages.map(({ message, severity, position }) => {
    const line = Math.min(position?.line ?? 1, model.getLineCount())
    const start = position?.column ?? 1
    const word = model.getWordAtPosition({ lineNumber: line, column: Math.min(start, model.getLineMaxColumn(line)) })
    const whole = position === null
    return {
      message,
      severity: severities[severity],
      startLineNumber: line,
      startColumn: whole ? 1 : start,
      endLineNumber: line,
      endColumn: whole ? model.getLineMaxColumn(line) : (word?.endColumn ?? start + 1),
    }
  })
}

/** In place of what is chosen; words that touch it are kept apart. */
function insertAt(editor: monaco.editor.IStandaloneCodeEditor, name: string): void {
  const range = editor.getSelection()
  const model = editor.getModel()
  if (range === null || model === null) return
  const before = model.getLineContent(range.startLineNumber).slice(0, range.startColumn - 1)
  const after = model.getLineContent(range.endLineNumber).slice(range.endColumn - 1)
  const head = /[\p{L}\p{N}_"`,]$/u.test(before) ? ' ' : ''
  const tail = /^[\p{L}\p{N}_"`]/u.test(after) ? ' ' : ''
  editor.executeEdits('schema', [{ range, text: `${head}${name}${tail}`, forceMoveMarkers: true }])
  editor.pushUndoStop()
  editor.focus()
}

/** Monaco as a field of a form. */
export function SqlEditor(props: SqlEditorProps) {
  const box = useRef<HTMLDivElement>(null)
  const editor = useRef<monaco.editor.IStandaloneCodeEditor | null>(null)
  const latest = useRef(props)
  const dark = useComputedColorScheme('light') === 'dark'
  useEffect(() => {
    latest.current = props
  })
  useEffect(() => {
    if (box.current === null) return
    const { value, language, label } = latest.current
    const made = monaco.editor.create(box.current, { ...options, value, language, ariaLabel: label })
    editor.current = made
    const grow = () => {
      if (box.current !== null) box.current.style.height = `${Math.max(160, Math.min(420, made.getContentHeight()))}px`
    }
    made.onDidContentSizeChange(grow)
    made.onDidChangeModelContent(() => {
      const text = made.getValue()
      if (text !== latest.current.value) latest.current.onChange(text)
    })
    made.addCommand(monaco.KeyMod.CtrlCmd | monaco.KeyCode.Enter, () => latest.current.onSubmit?.())
    made.addCommand(monaco.KeyMod.Shift | monaco.KeyMod.Alt | monaco.KeyCode.KeyF, () => latest.current.onFormat())
    const { inserter } = latest.current
    inserter.current = (name) => insertAt(made, name)
    const text = made.getModel()
    if (text) offerIn(text, () => latest.current.help)
    grow()
    void document.fonts.ready.then(() => monaco.editor.remeasureFonts())
    return () => {
      // The editor first: what it still does at its end looks at its text.
      const model = made.getModel()
      made.dispose()
      model?.dispose()
      inserter.current = null
      editor.current = null
    }
  }, [])
  useEffect(() => {
    // Undo of the draft, a fix: the text changed from outside.
    const made = editor.current
    if (made === null || made.getValue() === props.value) return
    const place = made.getPosition()
    made.setValue(props.value)
    if (place !== null) made.setPosition(place)
  }, [props.value])
  useEffect(() => {
    const model = editor.current?.getModel()
    if (model) monaco.editor.setModelLanguage(model, props.language)
  }, [props.language])
  useEffect(() => {
    const model = editor.current?.getModel()
    if (model) monaco.editor.setModelMarkers(model, 'alimflow', markersOf(model, props.messages))
  }, [props.messages, props.value])
  useEffect(() => monaco.editor.setTheme(defineTheme(dark)), [dark])
  // Monaco's input is no <textarea>: without `nokey` React Flow would take the space bar for itself.
  return <div ref={box} className="nokey" style={{ height: 160 }} />
}
