import { lazy, type ComponentType, type LazyExoticComponent } from 'react'
import { laterWords } from '#editor/words/start-words.ts'

/** A screen (or a part of one) that is no part of the first page: its code and the words of such screens are loaded when it is first drawn. */
export function laterScreen<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): LazyExoticComponent<ComponentType<Props>> {
  return lazy(async () => {
    const [screen] = await Promise.all([load(), laterWords()])
    return { default: screen }
  })
}

/** The same for a screen that stands by itself, beside the editor: it has words of its own as well. */
export function laterPage<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): LazyExoticComponent<ComponentType<Props>> {
  return lazy(async () => {
    const [screen] = await Promise.all([load(), laterWords(), laterWords('pages')])
    return { default: screen }
  })
}
