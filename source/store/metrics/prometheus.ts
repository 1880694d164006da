import type {Catalogue} from '../../core/catalogue.ts';
import type {Clock} from '../../core/clock.ts';
import type {ClusterClient} from '../../core/cluster-client.ts';
import {fieldAt, listAt, numberAt, textAt} from '../../core/field.ts';
import type {KubeObject} from '../../core/kubernetes.ts';
import type {Ring} from '../../core/top/ring.ts';
import {ringLength, slotMs} from '../../core/top/ring.ts';
import {jsonWithin} from './json-within.ts';

/** The labels by which the usual installations are known. */
const selectors = ['app.kubernetes.io/name=prometheus', 'app=prometheus'];
const portNames = new Set(['http-web', 'web', 'http', 'prometheus']);
const answerWithinMs = 5000;
/** After that it may have been installed. */
const lookAgainMs = 10 * 60_000;

/** What a history is asked for. */
export type PastOf = Readonly<{type: 'node'; name: string} | {type: 'pod'; namespace: string; name: string}>;

export type PrometheusOptions = Readonly<{
	client: Pick<ClusterClient, 'list' | 'text'>;
	catalogue(): Catalogue;
	clock: Clock;
	/** Server time. */
	now(): number;
	/** `namespace/service` or `namespace/service:port`, from the settings. */
	service?: string;
}>;

/** The quarter of an hour before this session, out of a Prometheus behind a Service; silently nothing where there is none. The calls say why. */
export class Prometheus {
	readonly #options: PrometheusOptions;
	readonly #asked = new Set<string>();
	#place: Promise<string | undefined> | undefined;
	#lookedAt = Number.NEGATIVE_INFINITY;

	constructor(options: PrometheusOptions) {
		this.#options = options;
	}

	/** Fills the gaps of a ring, once an object; resolves with true when there was something to fill them with. Never rejects. */
	async fill(of: PastOf, ring: Ring, signal: AbortSignal): Promise<boolean> {
		const key = JSON.stringify(of);
		if (this.#asked.has(key)) return false;
		this.#asked.add(key);
		try {
			const place = await this.#find(signal);
			if (place === undefined) return false;
			const [cpu, memory] = await Promise.all([this.#range(place, cpuQuery(of), signal), this.#range(place, memoryQuery(of), signal)]);
			for (const [at, cores] of samplesOf(cpu, of)) ring.fill(at, Math.round(cores * 1000), undefined);
			const bytes = samplesOf(memory, of);
			for (const [at, value] of bytes) ring.fill(at, undefined, value);
			return bytes.length > 0;
		} catch {
			// What was aborted is asked for again by the next that looks.
			if (signal.aborted) this.#asked.delete(key);
			return false;
		}
	}

	#find(signal: AbortSignal): Promise<string | undefined> {
		const now = this.#options.clock.now();
		if (this.#place === undefined || now - this.#lookedAt > lookAgainMs) {
			this.#lookedAt = now;
			const place = this.#look(signal);
			this.#place = place;
			// A failure is no answer: the next one looks again.
			place.catch(() => {
				if (this.#place === place && signal.aborted) this.#place = undefined;
			});
		}
		return this.#place;
	}

	/** The path of its API behind the API server's proxy. */
	async #look(signal: AbortSignal): Promise<string | undefined> {
		const {client, catalogue, service} = this.#options;
		const named = /^([^/]+)\/([^/:]+)(?::([^/:]+))?$/.exec(service ?? '');
		if (named) return proxyPath(named[1] ?? '', `${named[2]}${named[3] === undefined ? '' : `:${named[3]}`}`);
		const type = catalogue().find('services');
		if (type === undefined) return undefined;
		for (const labelSelector of selectors) {
			const [found] = (await client.list(type, {labelSelector}, signal)).filter(object => portOf(object) !== undefined);
			if (found) return proxyPath(found.metadata.namespace ?? '', `${found.metadata.name}:${portOf(found)}`);
		}
		return undefined;
	}

	async #range(place: string, query: string, signal: AbortSignal): Promise<unknown> {
		const {client, clock, now} = this.#options;
		const end = Math.floor(now() / slotMs) * slotMs;
		const words = new URLSearchParams({
			query,
			start: String((end - ringLength * slotMs) / 1000),
			end: String(end / 1000),
			step: String(slotMs / 1000),
		});
		return await jsonWithin({client, clock}, {path: `${place}?${words}`, what: 'Could not ask Prometheus', withinMs: answerWithinMs}, signal);
	}
}

function proxyPath(namespace: string, service: string): string {
	return `/api/v1/namespaces/${encodeURIComponent(namespace)}/services/${service.split(':').map(encodeURIComponent).join(':')}/proxy/api/v1/query_range`;
}

/** The port of its web interface. A headless Service without one is that of an operator. */
function portOf(service: KubeObject): string | undefined {
	const ports = listAt(service, 'spec', 'ports');
	const port =
		ports.find(one => portNames.has(textAt(one, 'name') ?? '')) ??
		ports.find(one => numberAt(one, 'port') === 9090) ??
		(ports.length === 1 ? ports[0] : undefined);
	return port === undefined ? undefined : textAt(port, 'port');
}

const quoted = (text: string): string => JSON.stringify(text);

function cpuQuery(of: PastOf): string {
	if (of.type === 'node') return `sum by (node, kubernetes_io_hostname, instance) (rate(container_cpu_usage_seconds_total{id="/"}[2m]))`;
	return `sum by (namespace, pod) (rate(container_cpu_usage_seconds_total{${podMatch(of)}}[2m]))`;
}

function memoryQuery(of: PastOf): string {
	if (of.type === 'node') return `sum by (node, kubernetes_io_hostname, instance) (container_memory_working_set_bytes{id="/"})`;
	return `sum by (namespace, pod) (container_memory_working_set_bytes{${podMatch(of)}})`;
}

function podMatch({namespace, name}: Extract<PastOf, {type: 'pod'}>): string {
	return `namespace=${quoted(namespace)},pod=${quoted(name)},container!="",container!="POD"`;
}

/** Times (ms since the epoch) and values of the series that is the object's. */
function samplesOf(answer: unknown, of: PastOf): ReadonlyArray<readonly [number, number]> {
	const series = listAt(answer, 'data', 'result').find(one => of.type === 'pod' || isOfNode(fieldAt(one, 'metric'), of.name));
	return listAt(series, 'values').flatMap(pair => {
		const [at, value] = Array.isArray(pair) ? pair : [];
		const [seconds, amount] = [Number(at), Number(value)];
		return Number.isFinite(seconds) && Number.isFinite(amount) ? [[seconds * 1000, amount] as const] : [];
	});
}

/** Installations label a node's series in several ways. */
function isOfNode(metric: unknown, name: string): boolean {
	return ['node', 'kubernetes_io_hostname', 'instance'].some(label => textAt(metric, label)?.replace(/:\d+$/, '') === name);
}
