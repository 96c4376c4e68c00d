import { useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, useEffect, useState } from 'react'
import { isComposing } from '#editor/parts/composition-guard.ts'
import { useNewWorkflow } from '#editor/screens/editor/use-new-workflow.ts'
import type { Entry } from './entries.ts'
import { useGroups } from './use-groups.ts'

/** What is typed, what was found for it, which line is marked, and the keys of the field. `onClose`: something was chosen. */
export function useFinder(onClose: () => void) {
  const navigate = useNavigate()
  const { create } = useNewWorkflow()
  const [text, setText] = useState('')
  const [marked, setMarked] = useState(0)
  const [hurried, setHurried] = useState(false)
  const { groups, pending, error } = useGroups(text)
  const entries = groups.flatMap((group) => group.entries)
  // What was found may have become less while the mark stood.
  const at = Math.min(marked, Math.max(0, entries.length - 1))
  const choose = (entry: Entry | undefined) => {
    if (entry === undefined) return
    onClose()
    if (entry.way.kind === 'new-workflow') void create()
    else void navigate(entry.way.link)
  }
  useEffect(() => {
    if (!hurried || pending) return
    setHurried(false)
    choose(entries[at])
    // What else changes meanwhile is not what was waited for.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [hurried, pending])
  const move = (step: 1 | -1) => setMarked(entries.length === 0 ? 0 : (at + entries.length + step) % entries.length)
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event.nativeEvent)) return
    if (event.key === 'ArrowDown') move(1)
    else if (event.key === 'ArrowUp') move(-1)
    // An answer that is on its way changes what stands at the mark: whoever types fast gets what comes first then.
    else if (event.key === 'Enter' && pending) setHurried(true)
    else if (event.key === 'Enter') choose(entries[at])
    else return
    event.preventDefault()
  }
  const type = (next: string) => {
    setText(next)
    setMarked(0)
    setHurried(false)
  }
  return { text, type, groups, entries, at, pending, error, mark: setMarked, choose, onKeyDown }
}
