// A small client of the Language Server Protocol over the standard input and output of a program.
import { spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';

export class Client {
  #server;
  #waiting = new Map();
  #listeners = new Map();
  #rest = Buffer.alloc(0);
  #number = 0;
  #settings;

  constructor(program, words, settings) {
    this.#settings = settings;
    this.#server = spawn(program, words, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#server.stdout.on('data', (bytes) => this.#read(bytes));
  }

  /** Says what this client can do, and what the settings of the project are. */
  async start(folder) {
    const capabilities = {
      textDocument: {
        completion: { completionItem: { snippetSupport: true, documentationFormat: ['markdown'] } },
        hover: { contentFormat: ['markdown'] },
        publishDiagnostics: {},
      },
      workspace: { configuration: true, didChangeConfiguration: { dynamicRegistration: false } },
    };
    const uri = pathToFileURL(folder).href;
    const answer = await this.ask('initialize', { processId: process.pid, rootUri: uri, workspaceFolders: [{ uri, name: 'project' }], capabilities });
    this.tell('initialized', {});
    this.tell('workspace/didChangeConfiguration', { settings: this.#settings });
    return answer;
  }

  async stop() {
    await this.ask('shutdown', null);
    this.tell('exit', null);
    await new Promise((gone) => this.#server.once('exit', gone));
  }

  /** Opens a text as the file at this path; resolves with what the server has to say against it. */
  open(path, text) {
    const uri = pathToFileURL(path).href;
    const said = this.#next(uri);
    this.tell('textDocument/didOpen', { textDocument: { uri, languageId: 'yaml', version: 1, text } });
    return said;
  }

  /** The hover at a place, lines and characters from 0. */
  async hover(path, position) {
    const answer = await this.ask('textDocument/hover', { textDocument: { uri: pathToFileURL(path).href }, position });
    return answer?.contents?.value ?? '';
  }

  async completion(path, position) {
    const answer = await this.ask('textDocument/completion', { textDocument: { uri: pathToFileURL(path).href }, position });
    return Array.isArray(answer) ? answer : (answer?.items ?? []);
  }

  ask(method, params) {
    const id = (this.#number += 1);
    const answer = new Promise((done, fail) => this.#waiting.set(id, { done, fail }));
    this.#send({ jsonrpc: '2.0', id, method, params });
    return answer;
  }

  tell(method, params) {
    this.#send({ jsonrpc: '2.0', method, params });
  }

  #next(uri) {
    return new Promise((done) => this.#listeners.set(uri, done));
  }

  #send(message) {
    const body = Buffer.from(JSON.stringify(message));
    this.#server.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
    this.#server.stdin.write(body);
  }

  #read(bytes) {
    this.#rest = Buffer.concat([this.#rest, bytes]);
    for (;;) {
      const end = this.#rest.indexOf('\r\n\r\n');
      if (end < 0) return;
      const length = Number(/Content-Length: (\d+)/i.exec(this.#rest.subarray(0, end).toString())[1]);
      if (this.#rest.length < end + 4 + length) return;
      const message = JSON.parse(this.#rest.subarray(end + 4, end + 4 + length).toString());
      this.#rest = this.#rest.subarray(end + 4 + length);
      this.#take(message);
    }
  }

  #take(message) {
    if (message.id !== undefined && message.method) {
      // The server asks for the settings of each part that it knows; everything else gets an empty answer.
      const part = (item) => (item.section ?? '').split('.').reduce((value, name) => value?.[name], this.#settings) ?? null;
      const result = message.method === 'workspace/configuration' ? message.params.items.map(part) : null;
      this.#send({ jsonrpc: '2.0', id: message.id, result });
    } else if (message.id !== undefined) {
      const { done, fail } = this.#waiting.get(message.id);
      this.#waiting.delete(message.id);
      if (message.error) fail(new Error(message.error.message));
      else done(message.result);
    } else if (message.method === 'textDocument/publishDiagnostics') {
      this.#listeners.get(message.params.uri)?.(message.params.diagnostics);
      this.#listeners.delete(message.params.uri);
    }
  }
}
