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
import { STORY, outcomeOf } from './story';

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
  for (const report of output.matchAll(/^sentry-test [\s\S]*?(?=\n\n|\n>|$(?![\s\S]))/gm))
    print(`\n${indented(report[0])}`);
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
  print(
    indented(
      /sentries: applied[\s\S]*?(?=\n\n|$(?![\s\S]))/.exec(applied.output)?.[0] ??
        'nothing was applied',
    ),
  );
  print();
  print(indented(workspace.git('diff', '--unified=0').replace(/^(diff|index|---|@@).*\n/gm, '')));

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
      workspace
        .record(project)
        .failures.map((failure) => [`${project} ${failure.id}`, outcomeOf(failure)]),
    ),
  );
  const wrong = [...new Set([...Object.keys(STORY), ...Object.keys(outcomes)])].filter(
    (test) => STORY[test] !== outcomes[test],
  );
  const isRight = wrong.length === 0 && unpublished.length === 0;
  title(
    `${isRight ? 'As it should be' : 'NOT as it should be'}, in ${((performance.now() - start) / 1000).toFixed(1)} s`,
  );
  for (const what of unpublished) print(`  not so: ${what}`);
  for (const test of wrong)
    print(`  ${test}: ${outcomes[test] ?? 'no failure'}, not ${STORY[test] ?? 'a failure'}`);
  if (wrong.some((test) => STORY[test] === 'repaired by model'))
    print(`  After a change of the prompts the recording has to be made anew: ${RECORD_ANEW}`);
  print(
    '  The bugs stay red: a rebate that begins at forty, a limit that is not below itself, a sum that forgets,\n  a difference with its sides exchanged. No value of the change says otherwise.',
  );
  process.exitCode = isRight ? 0 : 1;
}

void main();
