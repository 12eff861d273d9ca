// Starts the real nginx, Apache and Caddy with the settings that `congbo hosting` and the build write, and looks at
// what they answer. Usage: node check.mjs PROGRAM PROJECT   (Debian: apt-get install nginx-light apache2 caddy)
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, fail, finish } from '../expect.mjs';

const [program, sample] = process.argv.slice(2).map((path) => resolve(path));
const folder = mkdtempSync(join(tmpdir(), 'congbo-hosting-'));

function get(port, path, encoding = 'identity') {
  return new Promise((done, fail) => {
    const options = { host: '127.0.0.1', port, path, headers: { 'accept-encoding': encoding, host: `127.0.0.1:${port}` }, timeout: 5000 };
    request(options, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part)).on('end', () => done({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts) }));
    }).on('error', fail).end();
  });
}

/** The sample at another address, built with compressed copies. */
function site(name, base) {
  const project = join(folder, name);
  cpSync(join(sample, 'content'), join(project, 'content'), { recursive: true });
  const settings = join(project, 'content/site.yaml');
  const text = readFileSync(settings, 'utf8').replace(/^base_url:.*$/m, `base_url: http://127.0.0.1${base}`);
  writeFileSync(settings, `${text}\nhosting: [apache, iis]\n`);
  execFileSync(program, ['build', '--project', project, '--compress', '--as-of', '2026-11-21'], { stdio: ['ignore', 'ignore', 'inherit'] });
  mkdirSync(join(project, 'forms'));
  writeFileSync(join(project, 'forms/index.html'), '<!doctype html><title>forms</title>');
  execFileSync('chmod', ['-R', 'a+rX', folder]);
  return project;
}

const settings = (project, server) =>
  execFileSync(program, ['hosting', server, '--root', join(project, 'public'), '--forms', join(project, 'forms'), '--project', project], { encoding: 'utf8' });

/** How each server is started on a port, with nothing of the machine's own settings. */
const servers = {
  nginx(project, port, place) {
    writeFileSync(join(place, 'site.conf'), settings(project, 'nginx'));
    const user = userInfo().username === 'root' ? 'user root;\n' : '';
    writeFileSync(
      join(place, 'nginx.conf'),
      `${user}daemon off;\npid ${place}/pid;\nerror_log stderr;\nevents {}\nhttp {\n  access_log off;\n  client_body_temp_path ${place}/t;\n` +
        `  server {\n    listen 127.0.0.1:${port};\n    include ${place}/site.conf;\n  }\n}\n`,
    );
    return ['nginx', ['-p', place, '-c', join(place, 'nginx.conf')]];
  },
  apache(project, port, place, base) {
    const modules = ['mpm_event', 'authz_core', 'dir', 'mime', 'headers', 'alias', 'rewrite', 'setenvif', 'env'];
    const load = modules.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`).join('\n');
    const mount = base === '/' ? `DocumentRoot ${project}/public` : `DocumentRoot ${place}\nAlias ${base} ${project}/public/`;
    writeFileSync(
      join(place, 'apache.conf'),
      `${load}\nServerRoot ${place}\nPidFile ${place}/pid\nTypesConfig /dev/null\nErrorLog ${place}/error.log\nServerName 127.0.0.1\nListen 127.0.0.1:${port}\n` +
        `User www-data\nGroup www-data\n${mount}\n<Directory ${project}/public>\nAllowOverride All\nRequire all granted\n</Directory>\n`,
    );
    return ['apache2', ['-f', join(place, 'apache.conf'), '-D', 'FOREGROUND']];
  },
  caddy(project, port, place) {
    const text = settings(project, 'caddy').replace(/^127\.0\.0\.1 \{/m, `http://127.0.0.1:${port} {`);
    writeFileSync(join(place, 'Caddyfile'), `{\n\tadmin off\n\tauto_https off\n}\n${text}`);
    return ['caddy', ['run', '--config', join(place, 'Caddyfile'), '--adapter', 'caddyfile']];
  },
};

/** What Apache says, which it writes to no pipe. */
const log = (place) => {
  try {
    return readFileSync(join(place, 'error.log'), 'utf8');
  } catch {
    return '';
  }
};

async function ready(port, base) {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    try {
      return await get(port, base);
    } catch {
      await new Promise((go) => setTimeout(go, 100));
    }
  }
  throw new Error('the server did not start');
}

async function look(name, project, base, port) {
  const place = join(folder, `${name}-${port}`);
  mkdirSync(place);
  const [command, words] = servers[name](project, port, place, base);
  const server = spawn(command, words, { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, XDG_DATA_HOME: place, HOME: place } });
  let said = '';
  server.stderr.on('data', (text) => (said += text));
  try {
    const here = (what) => `${name} ${base} ${what}`;
    const home = await ready(port, base);
    expect(here('home'), home.status, 200);
    expect(here('home is HTML'), home.headers['content-type'], /^text\/html; ?charset=utf-8$/i);
    expect(here('home is asked for again'), home.headers['cache-control'], 'no-cache');
    const wanted = {
      'content-security-policy': /default-src 'none'.*frame-ancestors 'self'/,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'permissions-policy': /camera=\(\)/,
    };
    for (const [header, value] of Object.entries(wanted)) {
      expect(here(header), home.headers[header], value);
    }
    const css = readdirSync(join(project, 'public/tinh')).find((file) => file.endsWith('.css'));
    const style = await get(port, `${base}tinh/${css}`);
    expect(here('stylesheet'), style.headers['content-type'], /^text\/css; ?charset=utf-8$/i);
    expect(here('stylesheet is kept'), style.headers['cache-control'], 'public, max-age=31536000, immutable');
    const lost = await get(port, `${base}khong-co-trang-nay/`);
    expect(here('lost page'), lost.status, 404);
    expect(here('lost page is ours'), lost.body.equals(readFileSync(join(project, 'public/404.html'))), true);
    expect(here('lost page is guarded'), lost.headers['x-content-type-options'], 'nosniff');
    const old = await get(port, `${base}co-quan/ubnd-xa-con-say/`);
    expect(here('old address'), old.status, 301);
    expect(here('old address leads on'), old.headers.location, new RegExp(`${base}co-quan/xa-con-say/$`));
    const page = 'thu-tuc/index.html';
    const plain = await get(port, `${base}${page}`);
    expect(here('plain page'), plain.body.equals(readFileSync(join(project, 'public', page))), true);
    expect(here('plain page is not compressed'), plain.headers['content-encoding'], undefined);
    const small = await get(port, `${base}thu-tuc/`, 'gzip');
    expect(here('compressed page'), small.headers['content-encoding'], 'gzip');
    expect(here('compressed page is HTML'), small.headers['content-type'], /^text\/html; ?charset=utf-8$/i);
    expect(here('compressed page is the same'), gunzipSync(small.body).equals(plain.body), true);
    expect(here('compressed page is guarded'), small.headers['x-content-type-options'], 'nosniff');
    if (name !== 'apache') {
      const forms = await get(port, `${base}quan-tri/`);
      expect(here('forms'), String(forms.body), /forms/);
      expect(here('forms have a policy of their own'), forms.headers['content-security-policy'], "frame-ancestors 'none'");
      expect(here('forms let a window sign in'), forms.headers['cross-origin-opener-policy'], 'unsafe-none');
      expect(here('forms are no search result'), forms.headers['x-robots-tag'], 'noindex, nofollow');
      expect(here('the site has none of that'), home.headers['x-robots-tag'], undefined);
    }
    if (name === 'caddy') {
      const smaller = await get(port, `${base}thu-tuc/`, 'br, gzip');
      expect(here('brotli page is the same'), brotliDecompressSync(smaller.body).equals(plain.body), true);
    }
  } catch (error) {
    fail(`${name} ${base}: ${error.message}\n${said}${log(place)}`);
  } finally {
    server.kill();
    await new Promise((gone) => server.once('exit', gone));
  }
}

let port = 18080;
for (const [name, base] of [['root', '/'], ['below', '/iso/']]) {
  const project = site(name, base);
  for (const server of Object.keys(servers)) {
    await look(server, project, base, (port += 1));
  }
}
const web = readFileSync(join(folder, 'below/public/web.config'), 'utf8');
expect('web.config names the page for lost addresses', web.includes('path="/iso/404.html"'), true);
execFileSync('python3', ['-c', 'import sys, xml.dom.minidom; xml.dom.minidom.parse(sys.argv[1])', join(folder, 'below/public/web.config')]);
rmSync(folder, { recursive: true });
finish('servers');
