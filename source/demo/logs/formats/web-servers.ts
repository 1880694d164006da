import type {Random} from '../../random.ts';
import {isoTime, webRequest, type WebRequest} from './words.ts';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

function nginxTime(at: number): string {
	const iso = isoTime(at);
	return `${iso.slice(8, 10)}/${months[Number(iso.slice(5, 7)) - 1] ?? ''}/${iso.slice(0, 4)}:${iso.slice(11, 19)} +0000`;
}

function nginxError(at: number, request: WebRequest): string {
	const iso = isoTime(at);
	const time = `${iso.slice(0, 10).replaceAll('-', '/')} ${iso.slice(11, 19)}`;
	const upstream = `upstream: "http://10.96.44.7:80${request.path}", host: "shop.example.test"`;
	return `${time} [error] 29#29: *${request.bytes} upstream timed out (110: Operation timed out) while reading response header from upstream, client: ${request.client}, server: _, request: "${request.method} ${request.path} HTTP/1.1", ${upstream}`;
}

/** nginx's combined format, and its error log where the upstream failed. */
export function nginxLines(random: Random, at: number): readonly string[] {
	const request = webRequest(random);
	const access = `${request.client} - - [${nginxTime(at)}] "${request.method} ${request.path} HTTP/1.1" ${request.status} ${request.bytes} "-" "${request.agent}"`;
	return request.status >= 502 ? [nginxError(at, request), access] : [access];
}

/** Envoy's default access log and, now and then, its own log. */
export function envoyLines(random: Random, at: number): readonly string[] {
	const iso = isoTime(at);
	if (random.next() < 0.12) {
		return [
			`[${iso.slice(0, 10)} ${iso.slice(11, 23)}][1][info][upstream] [source/common/upstream/cds_api_helper.cc:32] cds: add 0 cluster(s), remove 0 cluster(s)`,
		];
	}
	const {method, path, status, bytes, ms, agent, trace} = webRequest(random);
	return [
		`[${iso}] "${method} ${path} HTTP/1.1" ${status} - 0 ${bytes} ${ms} ${Math.max(0, ms - 1)} "-" "${agent}" "${trace.slice(0, 8)}-${trace.slice(8, 12)}-${trace.slice(12, 16)}-${trace.slice(16, 20)}-${trace.slice(20)}" "shop" "10.244.1.9:8080"`,
	];
}
