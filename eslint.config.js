import js from '@eslint/js'
import jsdoc from 'eslint-plugin-jsdoc'
import vue from 'eslint-plugin-vue'
import a11y from 'eslint-plugin-vuejs-accessibility'
import ts from 'typescript-eslint'

const tests = ['**/*.test.ts', 'tests/**/*.ts']

const banned = [
  { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
  { selector: 'ObjectExpression > SpreadElement > ObjectExpression', message: 'Properties are written, not spread.' },
  {
    selector: "CallExpression[callee.property.name='setUsePlainTextEncryption']",
    message: 'A key is never wrapped by nothing (sync.md §5).',
  },
  {
    selector: 'TemplateElement[value.raw=/^\\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE TABLE)\\s/]',
    message: 'Only worker/store and the rows/ of a room write SQL.',
  },
  {
    selector: 'Literal[value=/^\\s*(SELECT|INSERT INTO|UPDATE [a-z_]+ SET|DELETE FROM|CREATE TABLE)\\s/]',
    message: 'Only worker/store and the rows/ of a room write SQL.',
  },
  {
    selector:
      'CallExpression[callee.property.name=/^((get|set)(Hours|Minutes|Seconds|Milliseconds|Date|Day|Month|FullYear)|getTimezoneOffset|toLocale(Date|Time)String)$/]',
    message: 'What the zone of the machine makes of an instant is nobody’s time: UTC, or shared/domain/clock.',
  },
  {
    selector: "Property[key.name='timeZone']:not([value.value='UTC'])",
    message: 'Only the formatter of the window and the fallback of shared/domain/clock ask the runtime for a zone.',
  },
]
/** Keys come from the table; the keys of dialogs and forms are the browser's own. */
const keyByHand = {
  selector: 'Literal[value=/^(F\\d{1,2}$|(Ctrl|Alt)\\+(?!Enter$).)/]',
  message: 'One key, one meaning: renderer/core/keys.ts has it.',
}
const withoutZones = banned.filter((one) => !one.message.includes('zone'))
const withoutSql = banned.filter((one) => !one.message.includes('SQL'))
const actsByHand = {
  selector: "CallExpression[callee.property.name='appendAct']",
  message: 'Only worker/acts writes the link of an act, with its outbox item (writeAct).',
}

export default ts.config(
  { ignores: ['node_modules/', 'out/', '**/dist/', '.cache/', '**/auto-imports.d.ts', '**/components.d.ts'] },
  // A rule is followed or changed here for everybody, never switched off in place.
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  ts.configs.recommendedTypeChecked,
  vue.configs['flat/recommended'],
  a11y.configs['flat/recommended'],
  {
    languageOptions: {
      parserOptions: {
        parser: ts.parser,
        projectService: { allowDefaultProject: ['*.js', '.dependency-cruiser.js'] },
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.vue'],
      },
    },
    rules: {
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'no-undef': 'off',
      'no-console': 'error',
      'no-eval': 'error',
      eqeqeq: 'error',
      'no-restricted-syntax': ['error', ...banned],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/ban-ts-comment': [
        'error',
        { 'ts-expect-error': true, 'ts-ignore': true, 'ts-nocheck': true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    files: ['renderer/**/*.vue', 'renderer/**/*.ts'],
    rules: {
      'vue/multi-word-component-names': 'off',
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/html-self-closing': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/html-indent': 'off',
      'vue/first-attribute-linebreak': 'off',
      'vue/no-v-html': 'error',
      'vue/no-mutating-props': 'error',
      'vue/attributes-order': 'off',
      'vue/require-default-prop': 'off',
      'vuejs-accessibility/label-has-for': 'off',
      'vuejs-accessibility/no-autofocus': 'off',
      // axe judges the roles of the drawn page; this rule sees neither them nor what a drop target is.
      'vuejs-accessibility/no-static-element-interactions': 'off',
    },
  },
  {
    files: ['{shared,drivers}/**/*.ts', 'electron/{worker,hall}/**/*.ts'],
    ignores: tests,
    plugins: { jsdoc },
    rules: {
      'jsdoc/require-jsdoc': [
        'error',
        {
          publicOnly: true,
          require: { FunctionDeclaration: true, ArrowFunctionExpression: true, ClassDeclaration: true },
          checkConstructors: false,
          checkGetters: false,
          checkSetters: false,
        },
      ],
    },
  },
  {
    files: ['electron/worker/**/*.ts'],
    ignores: ['electron/worker/outbox/**', ...tests],
    rules: {
      'no-restricted-globals': ['error', { name: 'fetch', message: 'Only worker/outbox talks to the platform.' }],
      'no-restricted-imports': [
        'error',
        {
          paths: ['node:http', 'node:https', 'node:net'].map((name) => ({
            name,
            message: 'Only worker/outbox talks to the platform.',
          })),
        },
      ],
    },
  },
  {
    files: ['electron/**/*.ts'],
    ignores: ['electron/worker/acts/**', ...tests],
    rules: { 'no-restricted-syntax': ['error', ...banned, actsByHand] },
  },
  {
    files: ['electron/worker/store/**/*.ts', 'electron/worker/**/rows/*.ts', 'tests/**/*.{ts,mjs}', '**/*.test.ts'],
    rules: { 'no-restricted-syntax': ['error', ...withoutSql] },
  },
  {
    // The one formatter, the fallback for zones without a rule of ours, and what compares the runtime with ours.
    files: ['renderer/core/i18n/formats.ts', 'shared/domain/clock/officeTime.ts', 'electron/cli/examineClock.ts'],
    rules: { 'no-restricted-syntax': ['error', ...withoutZones] },
  },
  {
    files: ['**/*.test.ts', 'tests/**/*.ts'],
    rules: {
      'no-restricted-syntax': ['error', ...withoutZones.filter((one) => !one.message.includes('SQL'))],
    },
  },
  { files: ['electron/cli/**/*.ts', 'scripts/**/*', 'tests/**/*.ts'], rules: { 'no-console': 'off' } },
  {
    // Component instances have a type for vue-tsc, which is part of the gate, and none for this parser.
    files: ['renderer/**/*.vue', 'renderer/**/*.test.ts', 'renderer/core/testing/*.ts'],
    rules: Object.fromEntries(
      ['assignment', 'member-access', 'argument', 'call', 'return'].map((kind) => [
        `@typescript-eslint/no-unsafe-${kind}`,
        'off',
      ]),
    ),
  },
  {
    files: ['renderer/features/**/*.ts'],
    ignores: tests,
    rules: {
      'no-restricted-imports': [
        'error',
        { name: 'pinia', message: 'What a person does ends with the session: defineSessionStore (core/stores).' },
      ],
    },
  },
  {
    files: ['renderer/**/*.ts'],
    ignores: ['renderer/core/keys.ts', 'renderer/core/i18n/formats.ts', ...tests],
    rules: { 'no-restricted-syntax': ['error', ...banned, keyByHand] },
  },
  {
    files: ['**/*.vue'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...banned.filter((one) => one.selector !== 'ExportDefaultDeclaration'),
        keyByHand,
      ],
      'vue/no-restricted-static-attribute': [
        'error',
        ...['shortcut', 'keys', 'aria-keyshortcuts'].map((key) => ({
          key,
          value: '/^(F\\d{1,2}$|(Ctrl|Alt|Control)\\+(?!Enter$).|[A-Z?]$)/',
          message: keyByHand.message,
        })),
      ],
    },
  },
  {
    files: ['*.config.{js,ts}', '**/*.config.{js,ts}', '.dependency-cruiser.js'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: tests,
    rules: {
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  { files: ['**/*.{js,mjs,cjs}'], ...ts.configs.disableTypeChecked },
)
