/** The first thing Tab reaches: jumps over the navigation to the page. */
export function SkipLink() {
  return (
    <a href="#main" className="skip-link">
      Skip to content
    </a>
  )
}
