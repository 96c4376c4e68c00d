import { useNodeTypes } from '#editor/api/workflows.ts'
import { useLanguage } from '#editor/words/use-language.ts'

/** What a kind of provider is called; one that is not there any more as it called itself. */
export function useProviderName(): (kind: string) => string {
  const language = useLanguage()
  const types = useNodeTypes()
  return (kind) => types.data?.connectionKinds.find((one) => one.kind === kind)?.title[language] ?? kind
}
