import { lazy, type ComponentType, type LazyExoticComponent } from 'react'
import { restOfWords } from '#editor/words/start-words.ts'

/** A screen (or a part of one) that is no part of the first page: its code and the words of such screens are loaded when it is first drawn. */
export function laterScreen<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): LazyExoticComponent<ComponentType<Props>> {
  return lazy(async () => {
    const [screen] = await Promise.all([load(), restOfWords()])
    return { default: screen }
  })
}
