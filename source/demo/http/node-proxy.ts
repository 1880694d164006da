import {clusterNumbers} from '../build/cluster-configuration.ts';
import {recordsAt, textAt} from '../json.ts';
import {nodeLog, nodeLogUnits} from '../logs/node-log.ts';
import {kubeletConfig} from '../metrics/kubelet-config.ts';
import {resourceMetrics} from '../metrics/resource-metrics.ts';
import {statsSummary} from '../metrics/stats-summary.ts';
import {notFound, StatusError} from '../status-error.ts';
import type {Answer, ApiContext, KindRequest} from './api-context.ts';

const text = {'Content-Type': 'text/plain; charset=utf-8'};
/** What a Go web server says of a path that it does not have. */
export const pageNotFound: Answer = {status: 404, body: '404 page not found\n', headers: text};

/** The kubelet's log handler: a query for a unit, a file, or the folder. It serves no JSON. */
function logs(request: KindRequest, node: string): Answer {
	const accept = request.headers.accept ?? '*/*';
	const {rest} = request.info;
	const query = request.url.searchParams;
	const unit = query.get('query') ?? '';
	if (!/\*\/\*|text\/(?:\*|plain|html)/u.test(accept)) return {status: 406, body: '406: Not Acceptable\n\nAvailable representations: ', headers: text};
	if (unit === '' && rest === 'logs') {
		const links = [...nodeLogUnits.map(name => `${name}.log`), 'containers/', 'pods/'].map(name => `<a href="${name}">${name}</a>\n`).join('');
		return {
			status: 200,
			body: `<!doctype html>\n<meta name="viewport" content="width=device-width">\n<pre>\n${links}</pre>\n`,
			headers: {'Content-Type': 'text/html; charset=utf-8'},
		};
	}
	const file = /^logs\/([a-z-]+)\.log$/u.exec(rest)?.[1];
	const found = nodeLog(node, file ?? unit, request.now);
	if (file !== undefined && found !== undefined) return {status: 200, body: found, headers: {'Content-Type': 'text/x-log'}};
	if (unit === '') return pageNotFound;
	const plain = {'Content-Type': 'text/plain;charset=UTF-8'};
	if (found === undefined) return {status: 200, body: `\nlog not found for ${unit}\n`, headers: plain};
	const hasOptions = ['tailLines', 'sinceTime', 'untilTime', 'pattern', 'boot'].some(name => query.has(name));
	const refusal = `\noptions present and query resolved to log files for [${unit}]\ntry without specifying options\n`;
	return {status: 200, body: hasOptions ? refusal : found, headers: plain};
}

/** `GET /api/v1/nodes/{name}/proxy/...`: what the kubelet answers to reads. Throws 404, and 503 where the node is not reached. */
export function answerNodeProxy(context: ApiContext, request: KindRequest): Answer {
	const {cluster} = context;
	const {name, rest} = request.info;
	const node = cluster.get('nodes', undefined, name);
	if (node === undefined) throw notFound(request.kind, name);
	if (cluster.settings.unreachableNodes.has(name)) {
		const address = textAt(recordsAt(node, 'status', 'addresses')[0], 'address');
		throw new StatusError({
			code: 503,
			reason: 'ServiceUnavailable',
			message: `error trying to reach service: dial tcp ${address}:10250: connect: connection refused`,
		});
	}
	switch (rest) {
		case 'stats/summary':
			return {status: 200, body: JSON.stringify(statsSummary(cluster, node, request.now))};
		case 'configz':
			return {status: 200, body: JSON.stringify(kubeletConfig([clusterNumbers.dns]))};
		case 'metrics/resource':
			return {status: 200, body: resourceMetrics(cluster, node, request.now), headers: {'Content-Type': 'text/plain; version=0.0.4; charset=utf-8'}};
		case 'healthz':
			return {status: 200, body: 'ok', headers: text};
		default:
			if (rest === 'logs' || rest.startsWith('logs/')) return logs(request, name);
			return pageNotFound;
	}
}
