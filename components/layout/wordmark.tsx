/** The gate; with its name beside it unless `mark` only. */
export function Wordmark({ mark = false }: { mark?: boolean }) {
  return (
    <span className="wordmark">
      <svg viewBox="0 0 32 32" aria-hidden="true">
        <rect width="32" height="32" rx="7" />
        <path d="M7 25.5V12l9-5.6 9 5.6v13.5M12 25.5v-7a4 4 0 0 1 8 0v7" />
      </svg>
      {mark ? null : <span>Gatehouse</span>}
    </span>
  )
}
