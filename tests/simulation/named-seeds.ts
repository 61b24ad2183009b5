/** Seeds under which something was once wrong, with what it was; they are run with every test. */
export const namedSeeds: Readonly<Record<number, string>> = {
  10: 'S39: a desk whose session the server had ended did not look in any more, and never heard that it was to be wiped',
  382: 'S40: a register brought back from before it had heard of a wipe kept the desk out for ever, which had told it once',
  2188: 'S7: a clock that was set at a desk where nobody did anything afterwards was not seen, and forgotten with its end',
}
