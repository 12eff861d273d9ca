// The built site: its pages, what kind each is, what it weighs, and a server for it.
import { createServer } from 'node:http';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

const TYPES = {
  '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.xml': 'application/xml', '.txt': 'text/plain',
  '.js': 'text/javascript', '.json': 'application/json', '.png': 'image/png', '.jpg': 'image/jpeg', '.webp': 'image/webp',
};
const PACKED = new Set(['.html', '.css', '.xml', '.txt', '.js', '.json']);

export const folder = path.resolve(process.argv[2] ?? 'public');

export const text = (page) => readFileSync(path.join(folder, page), 'utf8');

function* walk(inner) {
  for (const name of readdirSync(path.join(folder, inner)).sort()) {
    const relative = inner ? `${inner}/${name}` : name;
    if (statSync(path.join(folder, relative)).isDirectory()) yield* walk(relative);
    else if (name.endsWith('.html')) yield relative;
  }
}

export const pages = [...walk('')];

// The kind of a page: its address without codes, names and years.
export function kind(page) {
  const parts = page.split('/').slice(0, -1);
  if (page === '404.html') return '404';
  const prefix = parts[0] === 'co-quan' && parts.length > 1 ? 'agency' : 'root';
  const inner = prefix === 'agency' ? parts.slice(2) : parts;
  return [prefix, ...inner.map((part, at) => (at > 0 && part !== 'a-z' && inner[at - 1] !== 'en' ? '*' : part))].join('/');
}

// One page of each kind: the largest shows most.
export function onePerKind() {
  const kinds = new Map();
  for (const page of pages) {
    const size = statSync(path.join(folder, page)).size;
    const known = kinds.get(kind(page));
    if (!known || size > known.size) kinds.set(kind(page), { page, size });
  }
  return new Map([...kinds].map(([name, { page }]) => [name, page]));
}

export const isProcedure = (page) => /(^|\/)thu-tuc\/\d[^/]*\/index\.html$/.test(page);

// The largest page of each procedure.
export function procedurePages() {
  const largest = new Map();
  for (const page of pages.filter(isProcedure)) {
    const code = page.match(/[0-9]\.[0-9]{6}/)?.[0] ?? page;
    const size = statSync(path.join(folder, page)).size;
    if (size > (largest.get(code)?.size ?? -1)) largest.set(code, { page, size });
  }
  return [...largest.values()].map(({ page }) => page);
}

const packed = (file) => gzipSync(readFileSync(path.join(folder, file)), { level: 9 }).length;
const stylesheets = readdirSync(path.join(folder, 'tinh')).filter((name) => name.endsWith('.css')).map((name) => `tinh/${name}`);
const stylesheetBytes = new Map(stylesheets.map((file) => [file, packed(file)]));

// HTML and its stylesheets as they go over the line.
export const weight = (page) => {
  const html = text(page);
  return [...stylesheetBytes].reduce((sum, [file, bytes]) => sum + (html.includes(file) ? bytes : 0), packed(page));
};

// The folder under which the site will lie, as the links of its 404 page say.
export const mount = /href="(\/[^"]*?)tinh\//.exec(text('404.html'))?.[1] ?? '/';

export function serve() {
  const server = createServer((request, response) => {
    const asked = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
    const inner = asked.startsWith(mount) ? asked.slice(mount.length - 1) : asked;
    let file = path.join(folder, path.normalize(inner));
    if (!file.startsWith(folder)) return response.writeHead(403).end();
    if (inner.endsWith('/')) file = path.join(file, 'index.html');
    try {
      const body = readFileSync(file);
      const ending = path.extname(file);
      const head = { 'content-type': TYPES[ending] ?? 'application/octet-stream' };
      if (!PACKED.has(ending)) return response.writeHead(200, head).end(body);
      const bytes = gzipSync(body);
      response.writeHead(200, { ...head, 'content-encoding': 'gzip', 'content-length': bytes.length }).end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}
