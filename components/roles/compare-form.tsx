import { Button } from '@/components/ui/button'
import { Label } from '@/components/ui/label'
import { NativeSelect } from '@/components/ui/native-select'

type CompareFormProps = { roles: readonly { id: string; title: string; group: string }[]; a: string; b: string }

/** Chooses two roles to compare: a plain form whose answer is an address, so a comparison can be shared. */
export function CompareForm({ roles, a, b }: CompareFormProps) {
  const options = roles.map(({ id, title, group }) => ({ value: id, label: `${title} (${group})` }))
  return (
    <form method="get" className="mb-4 flex flex-wrap items-end gap-3" aria-label="Roles to compare">
      <div className="grid min-w-0 flex-1 basis-52 gap-1">
        <Label htmlFor="compare-a">Role</Label>
        <NativeSelect key={a} id="compare-a" name="a" options={options} placeholder="Choose a role" defaultValue={a} />
      </div>
      <div className="grid min-w-0 flex-1 basis-52 gap-1">
        <Label htmlFor="compare-b">Other role</Label>
        <NativeSelect key={b} id="compare-b" name="b" options={options} placeholder="Choose a role" defaultValue={b} />
      </div>
      <Button type="submit" variant="primary">
        Compare
      </Button>
    </form>
  )
}
