// Starts the real yaml-language-server with the settings that `congbo schema --write` makes and looks at what an
// officer gets in an editor. Usage: node language-server.mjs PROGRAM PROJECT   (first: npm install)
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from './client.mjs';
import { expect, finish } from '../expect.mjs';

const [program, sample] = process.argv.slice(2).map((path) => resolve(path));
const folder = mkdtempSync(join(tmpdir(), 'congbo-editors-'));
const here = dirname(fileURLToPath(import.meta.url));

/** A text with `|` where the cursor is: the text, and the place, lines and characters from 0. */
function cursor(marked) {
  const before = marked.slice(0, marked.indexOf('|')).split('\n');
  return { text: marked.replace('|', ''), position: { line: before.length - 1, character: before.at(-1).length } };
}

/** The place in the middle of a key's line in a text. */
function keyIn(text, key) {
  const line = text.split('\n').findIndex((one) => new RegExp(`^[\\s-]*${key}:`).test(one));
  return { line, character: text.split('\n')[line].indexOf(key) + 1 };
}

async function inEditor(project, settings, look) {
  const client = new Client(join(here, 'node_modules/.bin/yaml-language-server'), ['--stdio'], settings);
  await client.start(project);
  try {
    await look(client);
  } finally {
    await client.stop();
  }
}

const read = (project, path) => readFileSync(join(project, path), 'utf8');

const offline = { validate: true, hover: true, completion: true, schemaStore: { enable: false }, kubernetesCRDStore: { enable: false } };

/** The sample, with what editors need. */
const project = join(folder, 'project');
cpSync(join(sample, 'content'), join(project, 'content'), { recursive: true });
execFileSync(program, ['schema', '--write', '--project', project], { stdio: ['ignore', 'ignore', 'ignore'] });
const settings = JSON.parse(read(project, '.vscode/settings.json'));

await inEditor(project, { yaml: { ...offline, schemas: settings['yaml.schemas'] } }, async (client) => {
  const files = readdirSync(join(project, 'content'), { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.yaml'));
  expect('files of the sample', files.length > 60, true);
  const told = await Promise.all(
    files.map(async (path) => [path, await client.open(join(project, 'content', path), read(project, `content/${path}`))]),
  );
  for (const [path, diagnostics] of told) {
    expect(`${path} has nothing against it`, diagnostics.map((one) => `${one.range.start.line + 1}: ${one.message}`).join('; '), '');
  }

  const hovers = {
    'content/site.yaml': ['base_url', /Địa chỉ/],
    'content/agencies/xa-ben-lau/agency.yaml': ['level', /Cấp cơ quan[\s\S]*`commune`: Xã, phường, đặc khu/],
    'content/agencies/xa-ben-lau/declarations/2025-12-22.yaml': ['issued_on', /Ngày/],
    'content/agencies/xa-ben-lau/objectives/2026.yaml': ['statement', /mục tiêu/i],
    'content/agencies/xa-ben-lau/documents.yaml': ['kind', /Loại[\s\S]*`policy`/],
    'content/agencies/xa-ben-lau/reviews.yaml': ['held_on', /Ngày/],
    'content/agencies/xa-ben-lau/results/2026.yaml': ['received', /nhận/],
    'content/administrative-procedures/ho-tich.yaml': ['time_limit', /Thời hạn/],
    'content/law/tu-phap.yaml': ['effective_on', /hiệu lực/],
    'content/inspections/2026.yaml': ['rating', /Xếp loại|[Đđ]ánh giá/],
    'content/standards.yaml': ['adopted_on', /Ngày|[Bb]an hành/],
  };
  for (const [path, [key, wanted]] of Object.entries(hovers)) {
    const place = keyIn(read(project, path), key);
    expect(`hover over ${key} of ${path}`, await client.hover(join(project, path), place), wanted);
  }

  // Each text is a file of its own: what the server says of one is never taken for what it says of another.
  let number = 0;
  const complete = async (path, marked) => {
    const { text, position } = cursor(marked);
    const file = join(project, path.replace('moi', `moi-${(number += 1)}`));
    const diagnostics = await client.open(file, text);
    const items = await client.completion(file, position);
    return { diagnostics, items, words: items.map((item) => item.label) };
  };
  const documented = (items, label) => {
    const documentation = items.find((item) => item.label === label)?.documentation;
    return documentation?.value ?? documentation;
  };

  const keys = await complete('content/agencies/moi/agency.yaml', 'id: moi\nname: Xã Mới\nlevel: commune\n|\n');
  expect('keys that are missing are offered', ['address', 'reception_hours', 'head'].every((key) => keys.words.includes(key)), true);
  expect('keys that are there are not', keys.words.includes('level'), false);
  expect('a key is explained in Vietnamese', documented(keys.items, 'reception_hours'), /tiếp/);
  const inner = await complete('content/agencies/moi/agency.yaml', 'id: moi\nname: Xã Mới\nlevel: commune\nhead:\n  position: Chủ tịch\n  |\n');
  expect('keys of a group are offered', inner.words.includes('since'), true);
  const levels = await complete('content/agencies/moi/agency.yaml', 'id: moi\nname: Xã Mới\nlevel: |\n');
  expect('words of a list are offered', ['commune', 'department', 'province'].every((word) => levels.words.includes(word)), true);
  expect('a word is explained in Vietnamese', documented(levels.items, 'commune'), /Xã, phường/);
  const law = await complete('content/law/moi.yaml', '- number: 1/2026/NĐ-CP\n  |\n');
  expect('keys of an item of a list are offered', ['title', 'effective_on'].every((key) => law.words.includes(key)), true);

  const wrong = async (path, text) => (await complete(path, `${text}|`)).diagnostics.map((one) => `${one.range.start.line + 1}: ${one.message}`).join('\n');
  expect('a wrong key is told', await wrong('content/agencies/moi/agency.yaml', 'id: moi\nname: Xã Mới\nlevel: commune\nlevle: xã\n'), /^4: không khớp mẫu/);
  expect('a missing key is told', await wrong('content/agencies/moi/agency.yaml', 'id: moi\nlevel: commune\n'), /không được thiếu: id, name, level/);
  expect('a wrong word is told', await wrong('content/agencies/moi/agency.yaml', 'id: moi\nname: Xã\nlevel: xã\n'), /^3: chọn một trong: .*commune \(Xã, phường/);
  expect('a wrong date is told', await wrong('content/agencies/moi/declarations/a.yaml', 'issued_on: 02/03/2026\n'), /^1: ngày viết dạng/);
  expect('codes and years without quotes are texts', await wrong('content/agencies/moi/declarations/a.yaml', 'number: 12\nannex: [1.001193]\n'), '');
  expect('words for a number are told', await wrong('content/agencies/moi/results/a.yaml', 'results:\n  - period: 2025\n    received: sáu\n'), /(^|\n)3: received .* phải là số nguyên/);
});

// An editor that knows no settings of VS Code finds the schema by the line in the file.
execFileSync(program, ['schema', '--write', '--lines', '--project', project], { stdio: ['ignore', 'ignore', 'ignore'] });
await inEditor(project, { yaml: offline }, async (client) => {
  const path = 'content/agencies/xa-ben-lau/results/2026.yaml';
  const text = read(project, path);
  expect('the line stands first', text.split('\n')[0], '# yaml-language-server: $schema=../../../../.congbo/schema/results.schema.json');
  expect('the file has nothing against it', (await client.open(join(project, path), text)).length, 0);
  expect('hover by the line', await client.hover(join(project, path), keyIn(text, 'received')), /nhận/);
  const broken = await client.open(join(project, 'content/agencies/xa-ben-lau/results/x.yaml'), `${text.split('\n')[0]}\nresult: []\n`);
  expect('a wrong key is told by the line', broken.map((one) => one.message).join(), /không khớp mẫu/);
});
execFileSync(program, ['check', '--project', project, '--as-of', '2026-11-21'], { stdio: 'ignore' });

rmSync(folder, { recursive: true });
finish('the language server');
