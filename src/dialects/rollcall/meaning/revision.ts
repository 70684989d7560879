/** What `revision` means beside what is read of the directory. */
export const REVISION_MEANING = 'The revision of the directory that is shown.'
