/*
 * The main job on a workspace of its own: a change that renames, rewords and moves a default on purpose, and
 * carries a bug as well. Everything shown is what really ran; it ends with 1 where an outcome is another one
 * than the story tells.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PYTHON, ROOT } from '../paths';
import { demoWorkspace } from './demo-workspace';
import { publishing } from './publishing';
import { RECORD_ANEW, REPLAYED } from './recording';
import { DOCS_STORY, STORY, outcomeOf } from './story';

const PYTHON_PROJECTS: Readonly<Record<string, string>> = {
  'acme-units': 'libs/units',
  'acme-pricing': 'libs/pricing',
  'acme-billing': 'services/billing',
  'acme-api': 'services/api',
  'acme-stock': 'libs/stock',
  'acme-post': 'libs/post',
};

const print = (text = ''): void => console.log(text);
const title = (text: string): void =>
  print(`\n━━ ${text} ${'━'.repeat(Math.max(3, 90 - text.length))}\n`);
const reportsIn = (output: string): string[] =>
  output.match(/^sentry-(test|doc) [\s\S]*?(?=\n\n|\n>|$(?![\s\S]))/gm) ?? [];
const appliedIn = (output: string): string =>
  /sentries: applied[\s\S]*?(?=\n\n|$(?![\s\S]))/.exec(output)?.[0] ?? 'nothing was applied';
const indented = (text: string): string => text.trimEnd().replace(/^/gm, '  ');

async function main(): Promise<void> {
  const start = performance.now();
  const folder = join(ROOT, '.cache/demo');
  rmSync(folder, { recursive: true, force: true });
  const workspace = demoWorkspace(join(folder, 'workspace'));
  const log = join(folder, 'nx.log');

  title('A workspace of seven Python projects and a TypeScript one, and a change');
  print(indented(workspace.git('log', '-1', '--format=%B').trimEnd()));
  print();
  print(
    indented(
      workspace.git('diff', '--unified=0', 'main').replace(/^(diff|index|---|@@).*\n/gm, ''),
    ),
  );

  title('$ npx nx affected -t sentry-test');
  const { output } = await workspace.nx(
    ['affected', '-t', 'sentry-test', '--outputStyle=static'],
    REPLAYED,
  );
  writeFileSync(log, output);
  const ran = Object.keys(PYTHON_PROJECTS).filter((project) =>
    output.includes(`nx run ${project}:sentry-test`),
  );
  const { output: list } = await workspace.nx(['show', 'projects', '--json']);
  const all = JSON.parse(list) as string[];
  print(
    `  not affected, not run: ${all
      .filter((project) => !ran.includes(project))
      .sort()
      .join(', ')}`,
  );
  for (const report of reportsIn(output)) print(`\n${indented(report)}`);
  print(`\n  (the whole output, with pytest's: ${log})`);
  print(
    "  (acme-post: no model was asked. Replies that we wrote in a model's place are replayed.)",
  );
  const dirty = workspace.git('status', '--short');
  print(`  git status after the run: ${dirty === '' ? 'clean' : dirty}`);

  const unpublished = await publishing(workspace, join(folder, 'origin.git'), (shown) => {
    title(`${shown.command.startsWith('npx') ? '$ ' : ''}${shown.command}`);
    if (shown.text !== '') print(indented(shown.text));
  });

  title('$ npx nx affected -t sentry-test --mode=apply');
  const applied = await workspace.nx(
    ['affected', '-t', 'sentry-test', '--mode=apply', '--outputStyle=static'],
    REPLAYED,
  );
  print(indented(appliedIn(applied.output)));
  print();
  print(indented(workspace.git('diff', '--unified=0').replace(/^(diff|index|---|@@).*\n/gm, '')));

  title('$ npx nx affected -t sentry-doc --mode=apply');
  const docs = await workspace.nx([
    'affected',
    ...['-t', 'sentry-doc', '--mode=apply', '--outputStyle=static'],
  ]);
  for (const report of reportsIn(docs.output))
    if (!report.includes(': green')) print(`${indented(report)}\n`);
  print(indented(appliedIn(docs.output)));

  title('$ pytest, in each project, by hand');
  for (const [project, path] of Object.entries(PYTHON_PROJECTS)) {
    const pytest = await workspace.run(
      PYTHON,
      ['-m', 'pytest', '-q', '--tb=no', '-p', 'no:cacheprovider'],
      path,
    );
    print(`  ${project}: ${pytest.output.trim().split('\n').slice(-2).join(' · ')}`);
  }

  const outcomes = Object.fromEntries(
    Object.keys(PYTHON_PROJECTS).flatMap((project) =>
      (['sentry-test', 'sentry-doc'] as const).flatMap((sentry) =>
        workspace
          .record(project, sentry)
          .failures.map((failure) => [`${project} ${failure.id}`, outcomeOf(failure)]),
      ),
    ),
  );
  const story: Readonly<Record<string, string>> = { ...STORY, ...DOCS_STORY };
  const wrong = [...new Set([...Object.keys(story), ...Object.keys(outcomes)])].filter(
    (place) => story[place] !== outcomes[place],
  );
  const isRight = wrong.length === 0 && unpublished.length === 0;
  title(
    `${isRight ? 'As it should be' : 'NOT as it should be'}, in ${((performance.now() - start) / 1000).toFixed(1)} s`,
  );
  for (const what of unpublished) print(`  not so: ${what}`);
  for (const test of wrong)
    print(`  ${test}: ${outcomes[test] ?? 'no failure'}, not ${story[test] ?? 'a failure'}`);
  if (wrong.some((test) => story[test] === 'repaired by model'))
    print(`  After a change of the prompts the recording has to be made anew: ${RECORD_ANEW}`);
  print(
    '  The bugs stay red: a rebate that begins at forty, a limit that is not below itself, a sum that forgets,\n  a difference with its sides exchanged. No value of the change says otherwise.',
  );
  process.exitCode = isRight ? 0 : 1;
}

void main();
