'use client'
import { CSPProvider } from '@base-ui/react/csp-provider'
import type { ReactNode } from 'react'
import { ConfirmHost } from '@/components/forms/confirm-host'
import { IdentityHost } from '@/components/identity/identity-host'
import { Toaster } from '@/components/ui/toaster'

/** What pages about oneself need around them for dialogs: the nonce of the content security policy, and the places of questions and toasts. */
export function AccountProviders({ nonce, children }: { nonce: string; children: ReactNode }) {
  return (
    <CSPProvider nonce={nonce}>
      {children}
      <ConfirmHost />
      <IdentityHost />
      <Toaster />
    </CSPProvider>
  )
}
