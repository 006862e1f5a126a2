/**
 * Something outside the program keeps it from starting: the message says what and what to do, in whole
 * sentences for the person at the terminal. Print `message` alone; the stack tells them nothing.
 */
export class StartError extends Error {
  override readonly name = 'StartError'
}
