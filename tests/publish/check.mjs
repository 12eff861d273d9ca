// Publishes to a real OpenSSH and a real vsftpd on this machine, through a proxy that cuts the link at random, and looks at
// what lies there. Usage: node check.mjs PROGRAM PROJECT   (Debian, as root: apt-get install openssh-server vsftpd openssl)
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer as createWeb } from 'node:http';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, finish } from '../expect.mjs';

const [program, sample] = process.argv.slice(2, 4).map((path) => resolve(path));
// The same cuts every time, unless another seed is asked for.
const seed = Number(process.env.CONGBO_SEED ?? 20261121);
const folder = mkdtempSync(join(tmpdir(), 'congbo-publish-'));
chmodSync(folder, 0o755);
const running = [];

/** Runs the program; the environment has nothing but what is given. */
function run(words, environment = {}) {
  return new Promise((done) => {
    const child = spawn(program, words, { env: { HOME: join(folder, 'home'), ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    child.stdout.on('data', (part) => (text += part));
    child.stderr.on('data', (part) => (text += part));
    child.on('close', (code) => done({ code, text }));
  });
}

const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

async function start(name, words, port) {
  const child = spawn(name, words, { stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  child.on('error', (error) => (text += error.message));
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (text += part));
  running.push(child);
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const isOpen = await new Promise((done) => {
      const socket = connect(port, '127.0.0.1', () => done(true)).on('error', () => done(false));
      socket.on('connect', () => socket.destroy());
    });
    if (isOpen) return;
    if (child.exitCode !== null) break;
    await wait(50);
  }
  throw new Error(`${name} does not answer: ${text}`);
}

/** A link that breaks: all connections at once, whenever a random number of bytes has passed. */
class Cutter {
  cuts = 0;
  bytes = 0;
  left = Infinity;
  open = new Set();
  isCutting = false;
  state = seed;

  random() {
    this.state = (Math.imul(this.state ^ (this.state >>> 15), 0x2c1b3c6d) + 0x6d2b79f5) | 0;
    const mixed = Math.imul(this.state ^ (this.state >>> 13), 0x297a2d39);
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 4294967296;
  }

  forward(host, port) {
    return new Promise((done, fail) => {
      const server = createServer((near) => {
        const far = connect(port, '127.0.0.1');
        this.open.add(near).add(far);
        for (const [from, to] of [[near, far], [far, near]]) {
          from.on('data', (part) => {
            this.bytes += part.length;
            this.left -= part.length;
            if (this.left >= 0) return void to.write(part);
            to.write(part.subarray(0, Math.max(0, part.length + this.left)));
            this.cut();
          });
          from.on('end', () => to.end()).on('error', () => to.destroy());
          from.on('close', () => {
            this.open.delete(from);
            to.destroySoon();
          });
        }
      });
      running.push({ kill: () => server.close() });
      server.on('error', fail).listen(port, host, done);
    });
  }

  next() {
    // Some within a few packets, before anybody is let in; others after a good part of the site.
    const most = this.random() < 0.15 ? 3000 : 4_000_000;
    this.left = this.isCutting ? Math.round(most * 2 ** (-6 * this.random())) : Infinity;
  }

  cut() {
    this.cuts += 1;
    this.next();
    for (const socket of this.open) socket.resetAndDestroy();
    this.open.clear();
  }

  begin() {
    Object.assign(this, { isCutting: true, cuts: 0, bytes: 0 });
    this.next();
  }

  end() {
    this.isCutting = false;
    this.next();
  }
}

function files(root, below = '') {
  return readdirSync(join(root, below), { withFileTypes: true }).flatMap((entry) => {
    const path = below ? `${below}/${entry.name}` : entry.name;
    return entry.isDirectory() ? files(root, path) : [path];
  });
}

/** The folder holds this site and nothing else but what is named. */
function expectSame(what, web, site, others = []) {
  const wanted = [...files(site), ...others].sort();
  expect(`${what}: files`, files(web).sort().join('\n'), wanted.join('\n'));
  const differ = files(site).filter((path) => !existsSync(join(web, path)) || !readFileSync(join(site, path)).equals(readFileSync(join(web, path))));
  expect(`${what}: contents`, differ.join(' '), '');
}

/** The sample, and the sample with another title on every page and without one of them. */
function sites() {
  const project = join(folder, 'project');
  cpSync(join(sample, 'content'), join(project, 'content'), { recursive: true });
  const build = (name, ...more) => execFileSync(program, ['build', '--project', project, '--as-of', '2026-11-21', '--out', join(folder, name), ...more], { stdio: ['ignore', 'ignore', 'pipe'] });
  const page = join(project, 'content/pages/tam.md');
  writeFileSync(page, '---\ntitle: Trang tạm\nreviewed_on: 2026-11-01\n---\nSẽ gỡ.\n');
  build('old');
  rmSync(page);
  const settings = join(project, 'content/site.yaml');
  const text = readFileSync(settings, 'utf8').replace(/^title: .*$/m, 'title: Trang thử đăng').replace(/^rules: \{/m, 'rules: { lost-url: off,');
  writeFileSync(settings, text);
  build('new', '--previous', join(folder, 'old'));
  return [join(folder, 'old'), join(folder, 'new')];
}

// Below those that the system gives to connections by itself.
const ports = { ssh: 22022, ftp: 22021, plain: 22023, web: 22080 };
const passive = { first: 22100, last: 22115 };

async function sshServer() {
  for (const name of ['host', 'other', 'id', 'stranger']) execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'test', '-f', join(folder, name)]);
  cpSync(join(folder, 'id.pub'), join(folder, 'authorized_keys'));
  mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
  const settings = {
    Port: ports.ssh,
    ListenAddress: '127.0.0.1',
    HostKey: join(folder, 'host'),
    AuthorizedKeysFile: join(folder, 'authorized_keys'),
    PidFile: 'none',
    UsePAM: 'no',
    StrictModes: 'no',
    PermitRootLogin: 'prohibit-password',
    PasswordAuthentication: 'no',
    KbdInteractiveAuthentication: 'no',
    MaxStartups: '100',
    LogLevel: 'ERROR',
    Subsystem: 'sftp internal-sftp',
    ForceCommand: 'internal-sftp',
  };
  writeFileSync(join(folder, 'sshd_config'), Object.entries(settings).map(([name, value]) => `${name} ${value}\n`).join(''));
  await start('/usr/sbin/sshd', ['-D', '-e', '-f', join(folder, 'sshd_config')], ports.ssh);
}

function certificates() {
  const openssl = (...words) => execFileSync('openssl', words, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  openssl('req', '-x509', ...key, '-days', '3', '-subj', '/CN=congbo test', '-keyout', 'ca.key', '-out', 'ca.pem', '-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'keyUsage=critical,keyCertSign');
  openssl('req', ...key, '-subj', '/CN=localhost', '-keyout', 'server.key', '-out', 'server.csr');
  writeFileSync(join(folder, 'extensions'), 'subjectAltName=DNS:localhost,IP:127.0.0.1,IP:127.0.0.2\nextendedKeyUsage=serverAuth\n');
  openssl('x509', '-req', '-in', 'server.csr', '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '3', '-extfile', 'extensions', '-out', 'server.pem');
}

async function ftpServers() {
  certificates();
  mkdirSync(join(folder, 'ftp/site'), { recursive: true });
  mkdirSync(join(folder, 'empty'));
  // The package brings this user, in whose name files are written.
  execFileSync('chown', ['ftp', join(folder, 'ftp/site')]);
  writeFileSync(join(folder, 'passwords'), 'bi-mat\n');
  const settings = {
    listen: 'YES',
    background: 'NO',
    listen_address: '127.0.0.1',
    anonymous_enable: 'YES',
    local_enable: 'NO',
    ftp_username: 'ftp',
    anon_root: join(folder, 'ftp'),
    secure_chroot_dir: join(folder, 'empty'),
    secure_email_list_enable: 'YES',
    email_password_file: join(folder, 'passwords'),
    write_enable: 'YES',
    anon_upload_enable: 'YES',
    anon_mkdir_write_enable: 'YES',
    anon_other_write_enable: 'YES',
    anon_world_readable_only: 'NO',
    anon_umask: '022',
    xferlog_enable: 'NO',
    seccomp_sandbox: 'NO',
    pasv_min_port: passive.first,
    pasv_max_port: passive.last,
  };
  const secure = {
    ssl_enable: 'YES',
    allow_anon_ssl: 'YES',
    force_anon_logins_ssl: 'YES',
    force_anon_data_ssl: 'YES',
    require_ssl_reuse: 'YES',
    ssl_ciphers: 'HIGH',
    rsa_cert_file: join(folder, 'server.pem'),
    rsa_private_key_file: join(folder, 'server.key'),
  };
  for (const [name, port, more] of [['secure', ports.ftp, secure], ['plain', ports.plain, { ssl_enable: 'NO' }]]) {
    const all = Object.entries({ ...settings, listen_port: port, ...more });
    writeFileSync(join(folder, `${name}.conf`), all.map(([key, value]) => `${key}=${value}\n`).join(''));
    await start('/usr/sbin/vsftpd', [join(folder, `${name}.conf`)], port);
  }
}

/** Publishes through a link that breaks, run after run, until it is done. */
async function throughCuts(what, cutter, words, environment, web, site, size) {
  cutter.begin();
  const manifests = [readFileSync(join(folder, 'old/manifest.json')), readFileSync(join(site, 'manifest.json'))];
  let [runs, failed] = [0, 0];
  for (; runs < 40; runs += 1) {
    // The first one gives up at once, so that another run goes on.
    const { code, text } = await run([...words, '--retries', runs === 0 ? '0' : '4'], environment);
    if (code === 0) break;
    failed += 1;
    expect(`${what}: a run that was cut`, `${code} ${text}`, /^2 [^]*(mất kết nối giữa chừng|không kết nối được)/);
    const there = existsSync(join(web, 'manifest.json')) && readFileSync(join(web, 'manifest.json'));
    expect(`${what}: the manifest after a cut is the old one or the new one`, manifests.some((manifest) => there && manifest.equals(there)), true);
  }
  cutter.end();
  expect(`${what}: runs`, runs < 40 && failed > 0, true);
  expect(`${what}: cuts`, cutter.cuts >= 5, true);
  // What had arrived was not sent again: the largest files are begun anew, no more.
  expect(`${what}: ${cutter.bytes} bytes for ${size}`, cutter.bytes < size * 2.5, true);
  console.log(`${what}: ${runs + 1} runs, ${cutter.cuts} cuts, ${(cutter.bytes / 1048576).toFixed(1)} MB for ${(size / 1048576).toFixed(1)} MB`);
}

const seconds = (text) => Number(/trong (\d+(?:,\d+)?) giây/.exec(text)?.[1].replace(',', '.') ?? NaN);

async function sftp(old, site, size) {
  await sshServer();
  const [web, to] = [join(folder, 'sftp'), (place) => `sftp://root@127.0.0.1:${ports.ssh}${place}`];
  mkdirSync(web);
  const key = ['--identity', join(folder, 'id')];
  const fingerprint = execFileSync('ssh-keygen', ['-l', '-f', join(folder, 'host.pub')], { encoding: 'utf8' }).split(' ')[1];
  const publish = (...words) => run(['publish', '--from', old, ...words]);
  expect('an unknown server', (await publish('--to', to(web), ...key)).text, new RegExp(`chưa biết máy chủ[^]*--host-key ${fingerprint.replace(/[+/]/g, '.')}`));
  const others = execFileSync('ssh-keygen', ['-l', '-f', join(folder, 'other.pub')], { encoding: 'utf8' }).split(' ')[1];
  expect('another host key', (await publish('--to', to(web), ...key, '--host-key', others)).text, /không phải mã ở --host-key/);
  mkdirSync(join(folder, 'home/.ssh'), { recursive: true });
  const know = (name) => writeFileSync(join(folder, 'home/.ssh/known_hosts'), `[127.0.0.1]:${ports.ssh} ${readFileSync(join(folder, `${name}.pub`), 'utf8')}`);
  know('other');
  expect('a changed host key', (await publish('--to', to(web), ...key)).text, /không phải khóa đã biết ở dòng 1/);
  know('host');
  execFileSync('ssh-keygen', ['-q', '-H', '-f', join(folder, 'home/.ssh/known_hosts')], { stdio: 'ignore' });
  expect('no key and no password', (await publish('--to', to(web))).text, /cần mật khẩu hoặc khóa/);
  expect('a key that opens nothing', (await publish('--to', to(web), '--identity', join(folder, 'stranger'))).text, /không cho root đăng nhập bằng khóa/);
  expect('a folder that is not there', (await publish('--to', to(join(folder, 'nowhere')), ...key)).text, /không có thư mục .*nowhere; tạo thư mục đó trước/);
  expect('nothing was written', files(web).length, 0);

  const first = await publish('--to', to(web), ...key);
  expect('SFTP', `${first.code} ${first.text}`, /^0 đã đăng bản số 1 /);
  expectSame('SFTP', web, old);
  console.log(`SFTP: ${Math.round(files(old).length / seconds(first.text))} files/s`);
  const socket = join(folder, 'agent');
  running.push(spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' }));
  for (let attempt = 0; attempt < 100 && !existsSync(socket); attempt += 1) await wait(50);
  execFileSync('ssh-add', ['-q', join(folder, 'id')], { env: { ...process.env, SSH_AUTH_SOCK: socket }, stdio: 'ignore' });
  const again = await run(['publish', '--from', old, '--to', to(web)], { SSH_AUTH_SOCK: socket });
  expect('SFTP by the agent, nothing to do', `${again.code} ${again.text}`, /^0 đã đăng[^]*gửi 0 tệp/);

  writeFileSync(join(web, 'google123.html'), 'of somebody else');
  const cutter = new Cutter();
  await cutter.forward('127.0.0.2', ports.ssh);
  const words = ['publish', '--from', site, '--to', `sftp://root@127.0.0.2:${ports.ssh}${web}`, ...key, '--host-key', fingerprint];
  await throughCuts('SFTP through cuts', cutter, words, {}, web, site, size);
  expectSame('SFTP through cuts', web, site, ['google123.html']);
  expect('an older site', (await publish('--to', to(web), ...key)).text, /đang có bản mới hơn/);
  rmSync(join(web, 'google123.html'));
  await verified(web);
}

/** What was published is looked at over the web too, file by file. */
async function verified(web) {
  const server = createWeb((question, answer) => {
    const path = join(web, decodeURIComponent(new URL(question.url, 'http://x').pathname));
    if (!existsSync(path) || statSync(path).isDirectory()) return void answer.writeHead(404).end();
    answer.end(readFileSync(path));
  });
  await new Promise((done, fail) => server.on('error', fail).listen(ports.web, '127.0.0.1', done));
  running.push({ kill: () => server.close() });
  const words = ['publish', '--from', join(folder, 'new'), '--to', `sftp://root@127.0.0.1:${ports.ssh}${web}`, '--identity', join(folder, 'id'), `--verify=http://127.0.0.1:${ports.web}/`];
  const whole = await run(words);
  expect('looked at over the web', `${whole.code} ${whole.text}`, /^0 [^]*còn nguyên/);
  rmSync(join(web, 'lien-he/index.html'));
  const damaged = await run(words);
  expect('a page that the server lost', `${damaged.code} ${damaged.text}`, /^1 [^]*bị xóa: lien-he\/index.html/);
  const mended = await run([...words, '--all']);
  expect('all sent again', `${mended.code} ${mended.text}`, /^0 [^]*còn nguyên/);
}

async function ftps(old, site, size) {
  await ftpServers();
  const web = join(folder, 'ftp/site');
  const to = (place, host = 'localhost', port = ports.ftp) => `ftps://ftp@${host}:${port}${place}`;
  const ca = ['--ca', join(folder, 'ca.pem')];
  const secret = { CONGBO_PASSWORD: 'bi-mat' };
  const publish = (words, environment = secret) => run(['publish', '--from', old, ...words], environment);
  await new Cutter().forward('127.0.0.3', ports.ftp);
  expect('an authority nobody knows', (await publish(['--to', to('/site')])).text, /chứng thư TLS của máy chủ không tin được \(không biết nơi cấp\)/);
  expect('a certificate of another name', (await publish(['--to', to('/site', '127.0.0.3'), ...ca])).text, /cấp cho tên máy khác/);
  expect('a server without TLS', (await publish(['--to', to('/site', 'localhost', ports.plain), ...ca])).text, /không nhận kết nối mã hóa/);
  expect('no password', (await publish(['--to', to('/site'), ...ca], {})).text, /CONGBO_PASSWORD/);
  const wrong = await publish(['--to', to('/site'), ...ca], { CONGBO_PASSWORD: 'sai-mat-khau' });
  expect('a wrong password', wrong.text, /không cho ftp đăng nhập/);
  expect('a wrong password is not repeated', /sai-mat-khau/.test(wrong.text), false);
  expect('a folder that is not there', (await publish(['--to', to('/nowhere'), ...ca])).text, /không có thư mục \/nowhere/);
  expect('a folder that may not be written', (await publish(['--to', to('/'), ...ca, '--force'])).text, /máy chủ không cho ghi/);
  expect('nothing was written', files(web).length, 0);

  const first = await publish(['--to', to('/site'), ...ca]);
  expect('FTPS', `${first.code} ${first.text}`, /^0 đã đăng bản số 1 /);
  expectSame('FTPS', web, old);
  console.log(`FTPS: ${Math.round(files(old).length / seconds(first.text))} files/s`);
  const again = await publish(['--to', to('/site'), ...ca]);
  expect('FTPS, nothing to do', `${again.code} ${again.text}`, /^0 đã đăng[^]*gửi 0 tệp/);

  writeFileSync(join(web, '.google123.html'), 'of somebody else');
  const cutter = new Cutter();
  // Files come by a port of their own, at the address of the login.
  for (let port = passive.first; port <= passive.last; port += 1) await cutter.forward('127.0.0.2', port);
  await cutter.forward('127.0.0.2', ports.ftp);
  const words = ['publish', '--from', site, '--to', to('/site', '127.0.0.2'), ...ca];
  await throughCuts('FTPS through cuts', cutter, words, secret, web, site, size);
  expectSame('FTPS through cuts', web, site, ['.google123.html']);
}

/** A folder that is a disk of its own can't be exchanged: it is changed file by file. */
function mounted(site) {
  const web = join(folder, 'disk');
  mkdirSync(web);
  const script = 'mount -t tmpfs none "$2" && "$1" publish --from "$3" --to "$2" && "$1" verify "$2" && ls -A "$2"';
  const text = execFileSync('unshare', ['-rm', 'sh', '-c', `{ ${script}; } 2>&1`, 'sh', program, web, site], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  expect('a mounted disk', text, /còn nguyên/);
  expect('a mounted disk has no folder of ours left', /\.congbo/.test(text), false);
}

let problem;
try {
  const [old, site] = sites();
  const size = files(site).reduce((sum, path) => sum + statSync(join(site, path)).size, 0);
  mounted(site);
  // Both at once: most of the time is waiting before another attempt.
  await Promise.all([sftp(old, site, size), ftps(old, site, size)]);
  for (const web of [join(folder, 'sftp'), site]) execFileSync(program, ['verify', web], { stdio: 'ignore' });
} catch (error) {
  problem = error;
} finally {
  for (const process of running) process.kill();
  rmSync(folder, { recursive: true, force: true });
}
if (problem) throw problem;
finish('publishing');
