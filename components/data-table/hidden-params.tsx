/** Carries the other parameters of the address through a GET form, so that it works without script. */
export function HiddenParams({ params, except }: { params: URLSearchParams; except: readonly string[] }) {
  const left = [...params].filter(([name]) => ![...except, 'after', 'before', 'last', 'dialog'].includes(name))
  return left.map(([name, value], index) => <input key={`${name}-${index}`} type="hidden" name={name} value={value} />)
}
