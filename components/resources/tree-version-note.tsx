'use client'
import { useEffect } from 'react'
import { tellTreeVersion } from './tree-version'

/** Tells the tree beside a page of which version the page is. Shows nothing. */
export function TreeVersionNote({ version }: { version: string }) {
  useEffect(() => tellTreeVersion(version), [version])
  return null
}
