import { useMemo } from 'react'
import { findKorean } from '#editor/model/korean-search.ts'
import { useForm } from '../form-context.ts'

/** What can stand in a hole: a variable that is filled already, or a column that a new variable is made for. */
export interface VariableChoice {
  readonly variable: string
  /** The column to fill the variable from; null: it is filled already. */
  readonly column: string | null
  /** Technical name beside the friendly one. */
  readonly technical: string
  /** The value for the person in the preview. */
  readonly sample: string | null
}

/** Choices for the hole that is being typed: filled variables first, then columns. */
export function useVariableChoices(typed: string): readonly VariableChoice[] {
  const { columns, sample, onFillVariable } = useForm()
  return useMemo(() => {
    const filled = columns.filter(({ variable }) => variable === true)
    // A column whose name a variable has already is that variable, for the person.
    const others =
      onFillVariable === null
        ? []
        : columns.filter(({ name, label, variable }) => variable !== true && !filled.some((one) => one.name === (label ?? name)))
    const choices: VariableChoice[] = [
      ...filled.map(({ name }) => ({ variable: name, column: null, technical: '', sample: sample[name] ?? null })),
      ...others.map(({ name, label }) => ({
        variable: label ?? name,
        column: name,
        technical: name,
        sample: sample[name] ?? null,
      })),
    ]
    return choices.filter(
      ({ variable, technical }) => findKorean(variable, typed) !== null || findKorean(technical, typed) !== null,
    )
  }, [columns, sample, onFillVariable, typed])
}
