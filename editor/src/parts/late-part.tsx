import { type ComponentType, type ReactNode, useEffect, useState } from 'react'
import { LateFailure } from './late-failure.tsx'
import { loadOnline } from './load-online.ts'
import { PartBoundary } from './part-boundary.tsx'

export interface Late {
  /** The part is a dialog: where it cannot come, its failure is one that can be closed. */
  readonly onDismiss?: () => void
}

/**
 * A part of a screen whose code is loaded when it is first drawn. Where it cannot be loaded, or breaks, it says so in its own place and
 * can be tried again: the screen around it, and what somebody typed there, stay. `waiting` is shown until it comes.
 */
export function latePart<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  waiting: ReactNode = null,
): ComponentType<Props & Late> {
  let loaded: ComponentType<Props> | null = null
  return function LatePart(props: Props & Late) {
    const [part, setPart] = useState(() => loaded)
    const [failure, setFailure] = useState<unknown>(null)
    const [turn, setTurn] = useState(0)
    useEffect(() => {
      if (part !== null) return
      let left = false
      loadOnline(load).then(
        (come) => {
          loaded = come
          if (!left) setPart(() => come)
        },
        (error: unknown) => {
          if (!left) setFailure(error)
        },
      )
      return () => {
        left = true
      }
    }, [part, turn])
    const retry = () => {
      setFailure(null)
      setTurn((old) => old + 1)
    }
    const { onDismiss } = props
    if (failure !== null) return <LateFailure error={failure} onRetry={retry} onDismiss={onDismiss} />
    if (part === null) return waiting
    const Part = part
    return (
      <PartBoundary failed={(error, again) => <LateFailure error={error} onRetry={again} onDismiss={onDismiss} />}>
        <Part {...props} />
      </PartBoundary>
    )
  }
}
