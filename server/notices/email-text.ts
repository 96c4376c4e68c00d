import type { Language } from '#schemas/localized.ts'
import { headline, type SaidNotice } from './content.ts'

export interface EmailText {
  readonly subject: string
  readonly text: string
  readonly html: string
}

const WORDS: Readonly<Record<Language, { open: string; foot: string }>> = {
  ko: { open: 'Alimflow에서 보기', foot: '이 메일은 Alimflow가 보냈어요. 무엇을 받을지는 설정의 알림에서 바꿀 수 있어요.' },
  en: { open: 'Open in Alimflow', foot: 'Sent by Alimflow. Choose under Settings, Notices, what you get.' },
}

/** Subject, plain text and simple HTML of an e-mail about notices. */
export function emailText(said: readonly SaidNotice[], language: Language): EmailText {
  const words = WORDS[language]
  return {
    subject: `[Alimflow] ${headline(said, language)}`,
    text: `${said.map(({ title, advice, url }) => `${title}\n${advice}\n${url}`).join('\n\n')}\n\n-- \n${words.foot}\n`,
    html: `<!doctype html><html lang="${language}"><body style="margin:0;padding:24px;background:#f4f6f8;color:#16202c;font:15px/1.6 -apple-system,'Apple SD Gothic Neo','Malgun Gothic',sans-serif">
<div style="max-width:560px;margin:0 auto">
${said.map((one) => card(one, words.open)).join('\n')}
<p style="color:#5b6876;font-size:13px;margin:16px 4px">${escape(words.foot)}</p>
</div></body></html>`,
  }
}

function card({ title, advice, url }: SaidNotice, open: string): string {
  const lines = advice.split('\n').map((line) => `<p style="margin:0 0 8px">${escape(line)}</p>`)
  return `<div style="background:#fff;border:1px solid #dfe5ea;border-radius:10px;padding:16px 20px;margin:0 0 12px">
<h2 style="font-size:16px;margin:0 0 8px">${escape(title)}</h2>
${lines.join('\n')}
<p style="margin:12px 0 0"><a href="${escape(url)}" style="color:#1a5fb4">${escape(open)}</a></p>
</div>`
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escape = (text: string): string => text.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char)
