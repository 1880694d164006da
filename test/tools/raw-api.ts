import {readFileSync} from 'node:fs';
import {type Agent, request as httpRequest} from 'node:http';
import {Agent as HttpsAgent, request as httpsRequest} from 'node:https';
import {Agent as HttpAgent} from 'node:http';
import {performance} from 'node:perf_hooks';
import {parse} from 'yaml';

type Cluster = {server: string; 'certificate-authority-data'?: string; 'certificate-authority'?: string};
type User = {token?: string; 'client-certificate-data'?: string; 'client-certificate'?: string; 'client-key-data'?: string; 'client-key'?: string};
type Kubeconfig = {
	'current-context': string;
	contexts: Array<{name: string; context: {cluster: string; user: string}}>;
	clusters: Array<{name: string; cluster: Cluster}>;
	users: Array<{name: string; user: User}>;
};

const tables = 'application/json;as=Table;v=v1;g=meta.k8s.io';

/** What reading a whole list took, without making anything of it but JSON. */
export type RawList = Readonly<{rows: number; firstPageMs: number; allMs: number; bytes: number}>;

/** Requests to a cluster that share no code with the program: what its figures are held against. */
export class RawApi implements Disposable {
	readonly #server: URL;
	readonly #agent: Agent;
	readonly #token: string | undefined;

	constructor(kubeconfigPath: string) {
		// A kubeconfig has this shape, or the bench cannot run at all.
		const config = parse(readFileSync(kubeconfigPath, 'utf8')) as Kubeconfig;
		const context = config.contexts.find(({name}) => name === config['current-context'])?.context;
		const cluster = config.clusters.find(({name}) => name === context?.cluster)?.cluster;
		const user = config.users.find(({name}) => name === context?.user)?.user;
		if (cluster === undefined || user === undefined) throw new Error(`${kubeconfigPath} has no current context`);
		this.#server = new URL(cluster.server);
		this.#token = user.token;
		const given = (data: string | undefined, path: string | undefined) => (data === undefined ? path && readFileSync(path) : Buffer.from(data, 'base64'));
		const options = {keepAlive: true, maxSockets: 2};
		this.#agent =
			this.#server.protocol === 'https:'
				? new HttpsAgent({
						...options,
						ca: given(cluster['certificate-authority-data'], cluster['certificate-authority']),
						cert: given(user['client-certificate-data'], user['client-certificate']),
						key: given(user['client-key-data'], user['client-key']),
					})
				: new HttpAgent(options);
	}

	/** The parsed answer and its size; rejects for a status over 299. */
	async call(method: string, path: string, body?: unknown, accept = 'application/json'): Promise<{json: unknown; bytes: number}> {
		const {status, text} = await this.#text(method, path, body === undefined ? undefined : JSON.stringify(body), accept);
		if (status > 299) throw new Error(`${method} ${path}: ${status} ${text.slice(0, 200)}`);
		return {json: text === '' ? undefined : JSON.parse(text), bytes: Buffer.byteLength(text)};
	}

	/** An answer that is text; rejects for a status over 299. */
	async text(path: string): Promise<string> {
		const {status, text} = await this.#text('GET', path, undefined, '*/*');
		if (status > 299) throw new Error(`GET ${path}: ${status} ${text.slice(0, 200)}`);
		return text;
	}

	/** All pods as Tables with metadata in pages of 500, one after the other: the same bytes that the program asks for. */
	async listPods(): Promise<RawList> {
		const startedAt = performance.now();
		let firstPageMs = 0;
		let rows = 0;
		let bytes = 0;
		let token = '';
		do {
			const path = `/api/v1/pods?includeObject=Metadata&limit=500${token === '' ? '' : `&continue=${encodeURIComponent(token)}`}`;
			const page = await this.call('GET', path, undefined, tables);
			// A Table of meta.k8s.io/v1, as asked for.
			const table = page.json as {rows?: unknown[]; metadata?: {continue?: string}};
			if (rows === 0) firstPageMs = performance.now() - startedAt;
			rows += table.rows?.length ?? 0;
			bytes += page.bytes;
			token = table.metadata?.continue ?? '';
		} while (token !== '');
		return {rows, firstPageMs, allMs: performance.now() - startedAt, bytes};
	}

	/** Names on the first page, and how many pods there are in all. */
	async firstPodNames(): Promise<{names: readonly string[]; total: number}> {
		const {json} = await this.call('GET', '/api/v1/pods?includeObject=Metadata&limit=50', undefined, tables);
		// A Table of meta.k8s.io/v1, as asked for.
		const {rows = [], metadata} = json as {rows?: Array<{object: {metadata: {name: string}}}>; metadata?: {remainingItemCount?: number}};
		return {names: rows.map(({object}) => object.metadata.name), total: rows.length + (metadata?.remainingItemCount ?? 0)};
	}

	/** Creates a namespace; one that exists is fine. */
	async createNamespace(name: string): Promise<void> {
		await this.call('POST', '/api/v1/namespaces', {apiVersion: 'v1', kind: 'Namespace', metadata: {name}}).catch((error: unknown) => {
			if (!String(error).includes('409')) throw error;
		});
	}

	async createPod(namespace: string, name: string): Promise<void> {
		const spec = {terminationGracePeriodSeconds: 0, containers: [{name: 'main', image: 'none:1'}]};
		await this.call('POST', `/api/v1/namespaces/${namespace}/pods`, {apiVersion: 'v1', kind: 'Pod', metadata: {name, namespace}, spec});
	}

	async deletePod(namespace: string, name: string): Promise<void> {
		await this.call('DELETE', `/api/v1/namespaces/${namespace}/pods/${name}`, {apiVersion: 'v1', kind: 'DeleteOptions', gracePeriodSeconds: 0});
	}

	[Symbol.dispose](): void {
		this.#agent.destroy();
	}

	#text(method: string, path: string, body: string | undefined, accept: string): Promise<{status: number; text: string}> {
		const headers = {
			accept,
			...(this.#token === undefined ? {} : {authorization: `Bearer ${this.#token}`}),
			...(body === undefined ? {} : {'content-type': 'application/json', 'content-length': Buffer.byteLength(body)}),
		};
		const send = this.#server.protocol === 'https:' ? httpsRequest : httpRequest;
		return new Promise((resolve, reject) => {
			const request = send(new URL(path, this.#server), {method, agent: this.#agent, headers}, response => {
				const chunks: Buffer[] = [];
				response.on('data', (chunk: Buffer) => chunks.push(chunk));
				response.on('end', () => resolve({status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8')}));
				response.on('error', reject);
			});
			// A kept connection that the server was just closing: sent again on a new one.
			request.on('error', error =>
				request.reusedSocket && 'code' in error && error.code === 'ECONNRESET' ? resolve(this.#text(method, path, body, accept)) : reject(error),
			);
			request.end(body);
		});
	}
}
