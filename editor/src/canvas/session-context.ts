import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import type { ChecksActions, ChecksState } from '#editor/model/checks-store.ts'
import type { DocumentActions, DocumentState } from '#editor/model/document-store.ts'
import type { EditorSession } from '#editor/model/session.ts'
import type { ViewActions, ViewState } from '#editor/model/view-store.ts'

const SessionContext = createContext<EditorSession | null>(null)

export const SessionProvider = SessionContext.Provider

/** The open workflow; only inside the editor screen. */
export function useSession(): EditorSession {
  const session = useContext(SessionContext)
  if (session === null) throw new Error('This part of the editor stands outside of an open workflow.')
  return session
}

/** A piece of the draft. The selector must return the same object while nothing changed. */
export function useDocument<Piece>(selector: (state: DocumentState & DocumentActions) => Piece): Piece {
  return useStore(useSession().document, selector)
}

/** A piece of what the server said about the draft. */
export function useChecks<Piece>(selector: (state: ChecksState & ChecksActions) => Piece): Piece {
  return useStore(useSession().checks, selector)
}

/** A piece of what is open and pointed at. */
export function useView<Piece>(selector: (state: ViewState & ViewActions) => Piece): Piece {
  return useStore(useSession().view, selector)
}
