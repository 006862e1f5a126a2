/** The gate; with its name beside it unless `mark` only. */
export function Wordmark({ mark = false }: { mark?: boolean }) {
  return (
    <span className="wordmark">
      <svg viewBox="0 0 32 32" aria-hidden="true">
        <rect width="32" height="32" rx="7" />
        <path d="M7.5 25.5V11.7L16 6.5l8.5 5.2v13.8M12.2 25.5v-7.2a3.8 3.8 0 0 1 7.6 0v7.2M16 14.5v11" />
      </svg>
      {mark ? null : <span>Gatehouse</span>}
    </span>
  )
}
