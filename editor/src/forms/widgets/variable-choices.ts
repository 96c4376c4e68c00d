import { useMemo } from 'react'
import { findKorean } from '#schemas/korean-search.ts'
import { friendlyNames } from '#editor/model/friendly.ts'
import { useLanguage } from '#editor/words/use-language.ts'
import { useForm } from '../form-context.ts'

/** What can stand in a hole: a variable that is filled already, or a column that a new variable is made for. */
export interface VariableChoice {
  readonly variable: string
  /** What a person calls it. */
  readonly friendly: string
  /** The column to fill the variable from; null: it is filled already. */
  readonly column: string | null
  /** Technical name beside the friendly one. */
  readonly technical: string
  /** The value for the person in the preview, masked where it is somebody's. */
  readonly sample: string | null
}

/** Choices for the hole that is being typed: filled variables first, then columns. */
export function useVariableChoices(typed: string): readonly VariableChoice[] {
  const { columns, sample, variables } = useForm()
  const language = useLanguage()
  return useMemo(() => {
    const filled = columns.filter(({ variable }) => variable === true)
    const own = columns.filter(({ name, variable }) => variable !== true && variables?.canFill(name) === true)
    const choices: VariableChoice[] = [
      ...filled.map(({ name }) => ({
        variable: name,
        friendly: name,
        column: null,
        technical: '',
        sample: sample[name] ?? null,
      })),
      ...friendlyNames(own, language)
        // A column whose name a variable has already is that variable, for the person.
        .filter(({ variable }) => !filled.some(({ name }) => name === variable))
        .map(({ column, friendly, variable }) => ({
          variable,
          friendly,
          column,
          technical: column === friendly ? '' : column,
          sample: sample[column] ?? null,
        })),
    ]
    return choices.filter(({ friendly, variable, technical }) =>
      [friendly, variable, technical].some((name) => findKorean(name, typed) !== null),
    )
  }, [columns, sample, variables, typed, language])
}
