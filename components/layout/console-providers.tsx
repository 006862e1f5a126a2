'use client'
import { CSPProvider } from '@base-ui/react/csp-provider'
import { useState, type ReactNode } from 'react'
import { ColumnPreferences } from '@/components/data-table/column-preferences'
import { ConfirmHost } from '@/components/forms/confirm-host'
import { IdentityHost } from '@/components/identity/identity-host'
import { ServerTime } from '@/components/ui/server-time'
import { Toaster } from '@/components/ui/toaster'

type ConsoleProvidersProps = {
  /** Of the content security policy, for what Base UI adds to the page. */
  nonce?: string | undefined
  /** The server's clock, in milliseconds, so that relative times hydrate as they were rendered. */
  now: number
  /** The cookie `columns` as it came, or an empty text. */
  columns: string
  children: ReactNode
}

/**
 * The nonce the document came with. Whatever is rendered later in it, after an action or by going to another organization,
 * comes with a nonce of its own, which the document's policy does not take.
 */
function nonceOfDocument(rendered: string | undefined): string | undefined {
  if (typeof document === 'undefined') return rendered
  return document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce || rendered
}

/** What the console's layout puts around its pages: context, and the places of toasts, confirmations and the question who one is. */
export function ConsoleProviders({ nonce, now, columns, children }: ConsoleProvidersProps) {
  const [ownNonce] = useState(() => nonceOfDocument(nonce))
  return (
    <CSPProvider nonce={ownNonce}>
      <ServerTime value={now}>
        <ColumnPreferences value={columns}>
          {children}
          <ConfirmHost />
          <IdentityHost />
          <Toaster />
        </ColumnPreferences>
      </ServerTime>
    </CSPProvider>
  )
}
