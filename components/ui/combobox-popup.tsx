'use client'
import { Combobox as Base } from '@base-ui/react/combobox'
import { Check } from 'lucide-react'
import type { Option } from './option'
import { usePortalPlace } from './portal-place'

/** The list under a combobox, shared by the one that holds one value and the one that holds many. */
export function ComboboxPopup({ status, empty }: { status: string | null; empty: string }) {
  const place = usePortalPlace()
  return (
    <Base.Portal container={place}>
      <Base.Positioner className="layer" sideOffset={8} align="start">
        <Base.Popup className="menu menu-fit">
          <Base.Status>{status ? <p className="menu-note">{status}</p> : null}</Base.Status>
          <Base.Empty>{status ? null : <p className="menu-note">{empty}</p>}</Base.Empty>
          <Base.List>
            {(option: Option) => (
              <Base.Item key={option.value} value={option} disabled={option.disabled ?? false} className="menu-item">
                <span>
                  {option.label}
                  {option.detail ? <small>{option.detail}</small> : null}
                </span>
                <Base.ItemIndicator className="tick">
                  <Check aria-hidden="true" />
                </Base.ItemIndicator>
              </Base.Item>
            )}
          </Base.List>
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  )
}
