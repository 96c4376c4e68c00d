import type { Words } from '../ko/all.ts'

/** Without the canvas, one after the other: text, recipients, values, sending. */
export const startSteps: Words['startSteps'] = {
  title: 'Step by step',
  begin: {
    title: 'What do you want to send?',
    text: 'Say what it reads, who gets it and what goes into the gaps, and it is a workflow. You can go on in the graph at any time.',
    name: 'Name',
    unnamed: 'New message',
    go: 'Begin',
  },
  early: 'Once it is known who gets it, the message of one person after the other is shown here.',
  next: {
    audience: 'Next: who gets it',
    mapping: 'Next: what goes into the gaps',
  },
  drawn: 'This workflow was changed in the graph. Use "See the graph" for this part.',
  audience: {
    title: 'Who gets it?',
    'table-source': 'From tables',
    'sql-source': 'By SQL',
    'list-source': 'A list',
  },
  address: {
    title: 'Column with the phone numbers',
    text: 'Messages go to the numbers in this column: each number once, numbers that cannot be used are left out.',
    choose: 'Choose a column',
    gone: 'The column "{{column}}" is gone. Choose another one.',
  },
  rows: {
    title: 'Who was found',
    text: 'Only the first of them. Personal data is hidden.',
    notYet: 'They appear here as soon as you have chosen on the left.',
    none: 'Nobody meets the conditions. Try wider ones.',
    empty: 'empty',
  },
  mapping: {
    title: 'What goes into the gaps?',
    text: 'Choose the column for each gap of the text. Columns with a name alike are offered first.',
  },
  query: {
    title: 'Values from elsewhere?',
    text: 'What has to be asked for each person, such as the number of reviews. The columns that come of it can fill gaps.',
    add: 'Ask for values',
    remove: 'Take away',
  },
}
