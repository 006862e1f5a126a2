'use client'
import { lazy, Suspense, useEffect, useState } from 'react'
import { onRequest, type ResourceRequest } from './resource-requests'

const MoveDialog = lazy(() => import('./move-dialog').then((module) => ({ default: module.MoveDialog })))
const RenameDialog = lazy(() => import('./rename-dialog').then((module) => ({ default: module.RenameDialog })))
const DetailsDialog = lazy(() => import('./details-dialog').then((module) => ({ default: module.DetailsDialog })))

type Asked = { request: ResourceRequest; number: number; isOpen: boolean }

/** Shows the dialogs that tree, tables and pages ask for. Their script is fetched when first needed. */
export function ResourceDialogs({ org }: { org: string }) {
  const [asked, setAsked] = useState<Asked | null>(null)
  useEffect(() => onRequest((request) => setAsked((before) => ({ request, number: (before?.number ?? 0) + 1, isOpen: true }))), [])
  if (!asked) return null
  const { request, number, isOpen } = asked
  const shared = { org, open: isOpen, onOpenChange: (open: boolean) => setAsked((now) => (now?.number === number ? { ...now, isOpen: open } : now)) }
  return (
    <Suspense>
      {request.kind === 'move' ? <MoveDialog key={number} {...shared} request={request} /> : null}
      {request.kind === 'rename' ? <RenameDialog key={number} {...shared} request={request} /> : null}
      {request.kind === 'details' ? <DetailsDialog key={number} {...shared} request={request} /> : null}
    </Suspense>
  )
}
