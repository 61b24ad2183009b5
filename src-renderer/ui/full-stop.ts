/** A person's own sentence inside one of ours, which brings its own full stop. */
export const withoutFullStop = (text: string): string => text.trim().replace(/[.\s]+$/u, '')
