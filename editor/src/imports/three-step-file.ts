import { isThreeStep } from '#schemas/is-three-step.ts'

/** A file that holds a workflow of the three-step form. */
export interface ThreeStepFile {
  readonly name: string
  readonly content: object
}

/** Reads a file as a three-step workflow; null: it is something else, whatever that may be. */
export async function readThreeStep(file: File): Promise<ThreeStepFile | null> {
  try {
    const content: unknown = JSON.parse((await file.text()).replace(/^\uFEFF/, ''))
    return isThreeStep(content) ? { name: file.name, content: content as object } : null // an object, as isThreeStep found
  } catch {
    return null
  }
}
