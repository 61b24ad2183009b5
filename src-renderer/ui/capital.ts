/** The first letter large, as a line of its own begins: catalogues hold words as they stand inside a sentence. */
export const capital = (text: string): string => text.charAt(0).toLocaleUpperCase('vi') + text.slice(1)
