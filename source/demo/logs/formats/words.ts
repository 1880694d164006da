import type {Random} from '../../random.ts';

const paths = [
	'/',
	'/cart',
	'/api/cart/items',
	'/api/catalog?page=2',
	'/api/catalog/8812',
	'/api/promo/today',
	'/checkout',
	'/static/app.css',
	'/static/app.js',
] as const;
const agents = [
	'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
	'Mozilla/5.0 (Macintosh; Intel Mac OS X 15_1) AppleWebKit/605.1.15 Version/18.1 Safari/605.1.15',
	'kube-probe/1.34',
] as const;

/** One request as a web server sees it. */
export type WebRequest = Readonly<{method: string; path: string; status: number; bytes: number; ms: number; client: string; agent: string; trace: string}>;

/** A request of chance; `failing` is the share of those that end with 5xx, 0 to 1. */
export function webRequest(random: Random, failing = 0.004): WebRequest {
	const path = random.pick(paths);
	const isFailing = random.next() < failing;
	const chance = random.next();
	const status = isFailing ? random.pick([500, 502, 503]) : chance < 0.02 ? 404 : chance < 0.08 ? 304 : 200;
	return {
		method: random.next() < 0.15 ? 'POST' : 'GET',
		path,
		status,
		bytes: status === 304 ? 0 : random.integer(180, 48_000),
		ms: isFailing ? random.integer(900, 5000) : random.integer(1, 180),
		client: `198.51.100.${random.integer(2, 250)}`,
		agent: random.pick(agents),
		trace: random.hex(32),
	};
}

/** `2026-11-21T14:02:31.123Z` */
export function isoTime(at: number): string {
	return new Date(at).toISOString();
}
