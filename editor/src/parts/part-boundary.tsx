import { Component, type ReactNode } from 'react'

interface PartBoundaryProps {
  readonly children: ReactNode
  /** What stands in the part's place when it threw; `again` draws the part anew. */
  readonly failed: (error: unknown, again: () => void) => ReactNode
}

/** Keeps a part that throws while it is drawn from taking the screen with it. */
export class PartBoundary extends Component<PartBoundaryProps, { readonly caught: { readonly error: unknown } | null }> {
  override readonly state = { caught: null as { error: unknown } | null }

  static getDerivedStateFromError(error: unknown) {
    return { caught: { error } }
  }

  override render(): ReactNode {
    const { caught } = this.state
    return caught === null ? this.props.children : this.props.failed(caught.error, () => this.setState({ caught: null }))
  }
}
