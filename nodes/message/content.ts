import type { Button } from '#schemas/message.ts'
import { compileTemplate, render, type Parts, type Template, type TemplateContent } from '#runtime/sdk/index.ts'

/** A text with its title and buttons, compiled once. */
export interface CompiledContent {
  /** Names of all variables it needs, each once. */
  readonly variables: readonly string[]
  readonly parts: (values: Readonly<Record<string, string>>) => Parts
}

type LinkField = 'linkMobile' | 'linkPc' | 'linkAndroid' | 'linkIos'
const LINKS: readonly LinkField[] = ['linkMobile', 'linkPc', 'linkAndroid', 'linkIos']

function compileButton(button: Button): { templates: Template[]; fill: (values: Readonly<Record<string, string>>) => Button } {
  const links = LINKS.flatMap((name) => {
    const text = button[name]
    return text === undefined ? [] : [{ name, template: compileTemplate(text) }]
  })
  return {
    templates: links.map(({ template }) => template),
    fill: (values) => ({ ...button, ...Object.fromEntries(links.map(({ name, template }) => [name, render(template, values)])) }),
  }
}

/** Compiles a text. Button names hold no variables (Kakao forbids it), their links may. @throws AppError `template-broken` */
export function compileContent(content: TemplateContent): CompiledContent {
  const body = compileTemplate(content.body)
  const title = content.title ? compileTemplate(content.title) : null
  const buttons = (content.buttons ?? []).map(compileButton)
  const templates = [body, ...(title ? [title] : []), ...buttons.flatMap((button) => button.templates)]
  const variables = [...new Set(templates.flatMap(({ holes }) => holes))]
  if (!title && buttons.length === 0) return { variables, parts: (values) => ({ body: render(body, values) }) }
  return {
    variables,
    parts: (values) => ({
      body: render(body, values),
      ...(title && { title: render(title, values) }),
      ...(buttons.length > 0 && { buttons: buttons.map(({ fill }) => fill(values)) }),
    }),
  }
}
