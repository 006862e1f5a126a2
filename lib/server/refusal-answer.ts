import type { IncomingMessage, ServerResponse } from 'node:http'
import { problemOf } from '@/lib/boundary/problem'
import type { Refusal } from '@/lib/boundary/report'

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escape = (text: string): string => text.replace(/[&<>"]/g, (c) => ENTITIES[c] ?? c)

/** A page that stands alone: it is shown when the console cannot answer. */
function refusalPage(refusal: Refusal, nonce: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escape(refusal.title)} · Gatehouse</title>
<style nonce="${nonce}">:root{color-scheme:light dark}body{font:15px/24px system-ui,sans-serif;margin:0;display:grid;place-items:center;min-height:100vh;background:Canvas;color:CanvasText}main{max-width:28rem;padding:24px}h1{font-size:20px;line-height:28px;margin:0 0 8px}p{margin:0 0 12px}small{opacity:.75}a{color:LinkText}</style>
<main><h1>${escape(refusal.title)}</h1><p>${escape(refusal.message)}.</p>${refusal.status === 503 ? '<p>Nothing you saved is lost. <a href="">Try again</a> in a few seconds.</p>' : '<p><a href="/">Go to the start</a></p>'}<small>Request ${escape(refusal.requestId)}</small></main></html>`
}

/** Answers a request that goes no further, in the form its caller understands. */
export function answerRefusal(req: IncomingMessage, res: ServerResponse, refusal: Refusal, nonce: string, isMachine: boolean): void {
  if (refusal.retryAfterSeconds !== undefined) res.setHeader('retry-after', String(refusal.retryAfterSeconds))
  res.statusCode = refusal.status
  res.setHeader('cache-control', 'no-store')
  if (isMachine) {
    res.setHeader('content-type', 'application/problem+json')
    res.end(JSON.stringify(problemOf(refusal)))
  } else if (req.headers['next-action'] !== undefined) {
    // Exactly this type, without charset: then its text becomes the message that error.tsx shows.
    res.setHeader('content-type', 'text/plain')
    res.end(`${refusal.title}: ${refusal.message}`)
  } else {
    res.setHeader('content-type', 'text/html; charset=utf-8')
    res.end(refusalPage(refusal, nonce))
  }
}
