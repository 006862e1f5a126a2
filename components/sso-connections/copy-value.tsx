import { CopyButton } from '@/components/ui/copy-button'

/** A value to be pasted at the identity provider. */
export function CopyValue({ label, text }: { label: string; text: string }) {
  return (
    <div className="grid gap-1">
      <span className="label">{label}</span>
      <div className="flex flex-wrap items-center gap-2">
        <code className="mono break-all">{text}</code>
        <CopyButton text={text} />
      </div>
    </div>
  )
}
