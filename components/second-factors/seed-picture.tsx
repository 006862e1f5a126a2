import { CopyButton } from '@/components/ui/copy-button'
import type { QrPicture } from '@/lib/features/second-factors/totp'

const QUIET = 4

/** The seed for an app's camera, and as text for those without one. Dark on light in both themes, as cameras want it. */
export function SeedPicture({ seed, qr }: { seed: string; qr: QrPicture }) {
  const size = qr.size + 2 * QUIET
  return (
    <div className="flex flex-wrap items-start gap-5">
      <svg viewBox={`${-QUIET} ${-QUIET} ${size} ${size}`} width={176} height={176} role="img" aria-label="QR code for your authenticator app" shapeRendering="crispEdges" className="rounded border border-line">
        <rect x={-QUIET} y={-QUIET} width={size} height={size} fill="#fff" />
        <path d={qr.path} fill="#000" />
      </svg>
      <div className="grid min-w-0 flex-1 basis-56 gap-2">
        <p>Scan this with your app. Or enter the key by hand, as a time-based one:</p>
        <p className="mono break-all">{seed.match(/.{1,4}/g)?.join(' ')}</p>
        <div>
          <CopyButton text={seed} label="Copy key" />
        </div>
      </div>
    </div>
  )
}
