'use client'

/** When even the layout fails: no styles of ours can be relied on. */
export default function GlobalError({ reset }: { reset: () => void }) {
  return (
    <html lang="en">
      <body>
        <main>
          <h1>Something went wrong on our side</h1>
          <p>The error was logged. Nothing you saved is lost.</p>
          <button type="button" onClick={reset}>Try again</button>
        </main>
      </body>
    </html>
  )
}
