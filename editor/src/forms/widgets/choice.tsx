import { Select } from '@mantine/core'

/** One of a few words, small. */
export function Choice<Word extends string>({
  label,
  words,
  textOf,
  value,
  onChange,
}: {
  label: string
  words: readonly Word[]
  textOf: (word: Word) => string
  value: Word
  onChange: (word: Word) => void
}) {
  return (
    <Select
      size="xs"
      aria-label={label}
      allowDeselect={false}
      data={words.map((word) => ({ value: word, label: textOf(word) }))}
      value={value}
      onChange={(next) => {
        const chosen = words.find((word) => word === next)
        if (chosen !== undefined) onChange(chosen)
      }}
    />
  )
}
