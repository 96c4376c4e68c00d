/** Workflow files in and out. */
export const imports = {
  title: 'The file was not imported',
  text: 'What is to mend in “{{file}}”. Mend it and import it again. Nothing was changed.',
  line: 'Line {{line, number}}',
  empty: 'The file is empty. Choose a workflow file that was exported (.json).',
  tooLarge: 'The file is too large. A workflow file is smaller than 5 MB.',
  syntax: 'The JSON breaks here. Look at commas, quotes and brackets.',
  addSteps: 'Import steps from a file',
  export: 'Export as a file',
  added_one: '{{count, number}} step imported',
  added_other: '{{count, number}} steps imported',
  nothing: 'The file has no steps',
  tests: {
    run: 'Run a file of flow tests',
    title: 'Flow tests',
    text_one: '“{{file}}”: {{passed, number}} of {{count, number}} test passed. Nothing was sent, and no source was asked.',
    text_other: '“{{file}}”: {{passed, number}} of {{count, number}} tests passed. Nothing was sent, and no source was asked.',
    passed: 'passed',
    failed: 'differs',
  },
}
