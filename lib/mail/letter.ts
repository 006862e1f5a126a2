/** A rendered mail. */
export type Letter = { subject: string; text: string; html: string }

/** What a mail says: paragraphs, at most one button, a closing line. */
export type LetterParts = { subject: string; heading: string; paragraphs: readonly string[]; button?: { label: string; url: string }; footnote?: string }

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escape = (text: string): string => text.replace(/[&<>"']/g, (c) => ENTITIES[c] ?? c)

/** One line, so that nothing typed by a person reaches a mail's headers. */
const oneLine = (text: string): string => text.replace(/[\r\n]+/g, ' ').trim()

/** Renders text and HTML from the same parts. */
export function renderLetter({ subject, heading, paragraphs, button, footnote }: LetterParts): Letter {
  const text = [heading, ...paragraphs, ...(button ? [`${button.label}: ${button.url}`] : []), ...(footnote ? ['--', footnote] : [])].join('\n\n')
  const body = paragraphs.map((p) => `<p style="margin:0 0 16px">${escape(p)}</p>`).join('')
  const action = button
    ? `<p style="margin:24px 0"><a href="${escape(button.url)}" style="background:#0b6b75;color:#fff;padding:10px 18px;border-radius:6px;text-decoration:none;font-weight:600">${escape(button.label)}</a></p><p style="margin:0 0 16px;color:#5b6472;font-size:13px">Or open this address: ${escape(button.url)}</p>`
    : ''
  const end = footnote ? `<p style="margin:24px 0 0;padding-top:16px;border-top:1px solid #e3e6ea;color:#5b6472;font-size:13px">${escape(footnote)}</p>` : ''
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><body style="margin:0;background:#f7f8fa;font:15px/22px system-ui,sans-serif;color:#1c2430"><div style="max-width:520px;margin:32px auto;background:#fff;border:1px solid #e3e6ea;border-radius:8px;padding:28px"><h1 style="font-size:18px;line-height:26px;margin:0 0 16px">${escape(heading)}</h1>${body}${action}${end}</div></body></html>`
  return { subject: oneLine(subject), text, html }
}
