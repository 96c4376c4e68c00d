import type { privacy as korean } from '../ko/privacy.ts'

/** Personal data in the settings: how long it is kept, and how one person is erased. */
export const privacy: typeof korean = {
  title: 'Personal data',
  text: 'Names, addresses, values and texts lie encrypted with each run, and are deleted by themselves when their time is over.',
  keep: {
    label: 'Kept for',
    help: 'Counted from the month after the run. How many ended in which way, and the daily totals, stay after that.',
    unit_one: ' month',
    unit_other: ' months',
    until: 'People of a run that starts today are deleted on {{day}}.',
    wrong: 'Enter a number of months from {{least, number}} to {{most, number}}.',
    save: 'Save how long',
    saved: 'Saved how long people are kept.',
    shorterTitle_one: 'Keep people for {{count, number}} month only?',
    shorterTitle_other: 'Keep people for {{count, number}} months only?',
    shorterText: 'People and texts of runs before {{month}} are deleted for ever, within a day. It cannot be undone.',
    shorterOpen: 'A month with a run that is not over goes when that run is over.',
    shorterGo: 'Shorten and delete',
  },
  erase: {
    label: 'Erase one person',
    help: 'The whole phone number or e-mail address of somebody who asks to be forgotten.',
    wrong: 'Enter a whole phone number or e-mail address.',
    action: 'Erase this person',
    title: 'Erase this person from all runs and lists?',
    follows:
      'In runs that are not over it follows by itself when they end. The values of an event, or the numbers of a test, in which this person appears go as a whole.',
    gone: 'The name, address, values and texts of this person become unreadable in all runs, for ever, and their rows leave the pasted lists. It cannot be undone.',
    stays:
      'What stays: how many ended in which way, who erased it and when, and a mark that does not tell who it was. Future runs may still find this person.',
    backups: 'Backup files from before and the databases you connected still hold them. Delete them there as well.',
    go: 'Erase for ever',
    rows_one: '{{count, number}} message',
    rows_other: '{{count, number}} messages',
    runs_one: '{{count, number}} run',
    runs_other: '{{count, number}} runs',
    done: 'Erased: {{rows}} in {{runs}}.',
    lists_one: '{{count, number}} row left the pasted lists.',
    lists_other: '{{count, number}} rows left the pasted lists.',
    nobody:
      'No messages to erase were found. Nothing was sent to this person, or they were erased before. Check that the number or address is right.',
    nothingOpen: 'All runs are over: nothing is left to erase later.',
    failed: 'No answer said that it was erased. Trying again does no harm.',
    waiting_one: '{{count, number}} run is not over. If this person is in it, they are erased there when it ends.',
    waiting_other: '{{count, number}} runs are not over. If this person is in one of them, they are erased there when it ends.',
  },
}
