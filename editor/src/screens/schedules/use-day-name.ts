import { useLanguage } from '#editor/words/use-language.ts'

/** A day (YYYY-MM-DD) as people write it: "11월 23일", or with its weekday. */
export function useDayName(): (day: string, weekday?: boolean) => string {
  const language = useLanguage()
  return (day, weekday = false) =>
    new Intl.DateTimeFormat(language, {
      month: 'long',
      day: 'numeric',
      ...(weekday && { weekday: 'short' }),
      // The text is a day already: no zone moves it.
      timeZone: 'UTC',
    }).format(new Date(`${day}T00:00:00Z`))
}
