/** A Go template, imported as its text; the bundler and the test runner both read it that way. */
declare module '*.gotmpl' {
  const text: string
  export default text
}
