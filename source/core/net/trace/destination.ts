/** A destination as it was typed, taken apart; what it means in the cluster is looked up later. */
export type Destination = Readonly<{
	text: string;
	/** As typed before a slash: `svc`, `pod`; undefined where no kind was named. */
	kind?: DestinationKind;
	/** The name or host without port and path, without its final dot. */
	host: string;
	/** Number or name. */
	port?: string;
	scheme?: 'http' | 'https';
	/** Of a URL. */
	path?: string;
}>;

export const destinationKinds = ['service', 'pod', 'ingress', 'gateway', 'httproute', 'node'] as const;
export type DestinationKind = (typeof destinationKinds)[number];

const kindWords: Readonly<Record<string, DestinationKind>> = {
	service: 'service',
	services: 'service',
	svc: 'service',
	pod: 'pod',
	pods: 'pod',
	po: 'pod',
	ingress: 'ingress',
	ingresses: 'ingress',
	ing: 'ingress',
	gateway: 'gateway',
	gateways: 'gateway',
	gtw: 'gateway',
	httproute: 'httproute',
	httproutes: 'httproute',
	node: 'node',
	nodes: 'node',
	no: 'node',
};

export type ReadDestination = Readonly<{ok: true; destination: Destination}> | Readonly<{ok: false; refusal: string}>;

const nameForm = /^[a-z0-9*_](?:[-a-z0-9_.]*[a-z0-9_])?\.?$/i;
const portForm = /^(?:\d{1,5}|[a-z0-9]([-a-z0-9]*[a-z0-9])?)$/;

/** `[kind/]NAME[.NAMESPACE][:PORT]`, an IP address (IPv6 in brackets where a port follows), or an http(s) URL; or the sentence that says what is wrong with it. */
export function readDestination(text: string): ReadDestination {
	const trimmed = text.trim();
	const url = /^(https?):\/\/([^/?#]*)([^?#]*)/i.exec(trimmed);
	if (url) return readUrl(text, url);
	if (/^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed)) return refused(`${text}: only http and https URLs are followed; write NAME.NAMESPACE:PORT for anything else.`);
	const slash = trimmed.indexOf('/');
	const word = slash === -1 ? undefined : trimmed.slice(0, slash).toLowerCase();
	const kind = word === undefined ? undefined : kindWords[word.split('.')[0] ?? ''];
	if (word !== undefined && kind === undefined) return refused(`A path leads to one of ${destinationKinds.join(', ')}, not to ${word}.`);
	const place = readPlace(trimmed.slice(slash + 1));
	if (typeof place === 'string') return refused(`${text}: ${place}`);
	return {ok: true, destination: {text, ...(kind === undefined ? {} : {kind}), ...place}};
}

function readUrl(text: string, [, scheme = '', authority = '', path = '']: RegExpExecArray): ReadDestination {
	const place = readPlace(authority.replace(/^[^@]*@/, ''));
	if (typeof place === 'string') return refused(`${text}: ${place}`);
	const isTls = scheme.toLowerCase() === 'https';
	return {
		ok: true,
		// A password in the URL is not repeated anywhere.
		destination: {
			text: text.replace(/\/\/[^/@]*@/, '//'),
			port: isTls ? '443' : '80',
			...place,
			scheme: isTls ? 'https' : 'http',
			path: path === '' ? '/' : path,
		},
	};
}

/** Host and port, or what is wrong. */
function readPlace(text: string): Readonly<{host: string; port?: string}> | string {
	const bracketed = /^\[([0-9a-f:.]+)\](?::(.*))?$/i.exec(text);
	const isBareIpv6 = !bracketed && (text.match(/:/g) ?? []).length > 1;
	const colon = bracketed || isBareIpv6 ? -1 : text.lastIndexOf(':');
	const host = bracketed?.[1] ?? (colon === -1 ? text : text.slice(0, colon));
	const port = bracketed ? bracketed[2] : colon === -1 ? undefined : text.slice(colon + 1);
	if (host === '') return 'there is no name in it.';
	if (!bracketed && !isBareIpv6 && (!nameForm.test(host) || host.length > 254)) return `${host} is no name that DNS knows.`;
	if (port !== undefined && (!portForm.test(port) || Number(port) > 65_535 || Number(port) === 0))
		return `${port} is no port: a number from 1 to 65535 or a port's name.`;
	return {host: host.replace(/\.$/, '').toLowerCase(), ...(port === undefined ? {} : {port})};
}

function refused(refusal: string): ReadDestination {
	return {ok: false, refusal};
}
