import {BlockList, isIP, isIPv6} from 'node:net';
import {ProblemError} from '../core/problem.ts';
import {isLoopback} from './loopback.ts';

/** Protocols of a proxy that we can speak. */
export const proxySchemes: ReadonlySet<string> = new Set(['http:', 'https:', 'socks5:', 'socks5h:']);

/**
 * The proxy for a server: the cluster's own `proxy-url`, else `HTTPS_PROXY` (`HTTP_PROXY` for http servers), upper case first, unless
 * `NO_PROXY` or loopback says otherwise. undefined: connect directly. Throws a config
 * ProblemError for a variable that holds no proxy's address. Source: golang.org/x/net/http/httpproxy and
 * kubernetes/apimachinery `NewProxierWithNoProxyCIDR`.
 */
export function proxyFor(server: string, proxyUrl: string | undefined, environment: Readonly<Record<string, string | undefined>>): URL | undefined {
	if (proxyUrl !== undefined) return new URL(proxyUrl);
	const url = new URL(server);
	const name = url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
	const value = firstSet(environment, name);
	if (value === undefined || bypassesProxy(url, firstSet(environment, 'NO_PROXY') ?? '')) return undefined;
	const parsed = URL.parse(value.includes('://') ? value : `http://${value}`);
	if (parsed !== null && proxySchemes.has(parsed.protocol)) return parsed;
	throw new ProblemError({
		code: 'config',
		what: `Could not use the proxy in ${name}`,
		cause: 'it is not an http, https, socks5 or socks5h address',
		remedy: `Correct or unset ${name}.`,
	});
}

/** A proxy's address for messages: without its user and password. */
export function proxyLabel(proxy: URL): string {
	return `${proxy.protocol}//${proxy.host}`;
}

function firstSet(environment: Readonly<Record<string, string | undefined>>, name: string): string | undefined {
	return environment[name] || environment[name.toLowerCase()] || undefined;
}

/** Whether `NO_PROXY` (comma-separated: host, .suffix, host:port, address, CIDR, `*`) or loopback exempts this server. */
export function bypassesProxy(server: URL, noProxy: string): boolean {
	const host = server.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
	if (isLoopback(host)) return true;
	const port = server.port === '' ? (server.protocol === 'https:' ? '443' : '80') : server.port;
	const rules = noProxy.split(',').map(rule => rule.trim().toLowerCase());
	return rules.some(rule => rule !== '' && matchesRule(rule, host, port));
}

function matchesRule(rule: string, host: string, port: string): boolean {
	if (rule === '*') return true;
	if (rule.includes('/')) return isInside(rule, host);
	const [, bracketed, plain, rulePort] = /^(?:\[([^\]]*)\]|([^:]*|.*:.*:.*?))(?::(\d+))?$/.exec(rule) ?? [];
	const name = bracketed ?? plain ?? rule;
	if (rulePort !== undefined && rulePort !== port && isIP(rule) === 0) return false;
	if (isIP(rule) !== 0 || isIP(name) !== 0) return sameAddress(isIP(rule) === 0 ? name : rule, host);
	const suffix = name.replace(/^\*/, '');
	// `.example.com` and `*.example.com` are the names below it; `example.com` is itself and the names below it.
	return suffix.startsWith('.') ? host.endsWith(suffix) : host === suffix || host.endsWith(`.${suffix}`);
}

function isInside(cidr: string, host: string): boolean {
	const [network = '', bits = ''] = cidr.split('/');
	const family = isIPv6(network) ? 'ipv6' : 'ipv4';
	const isCidr = isIP(network) !== 0 && /^\d+$/.test(bits) && Number(bits) <= (family === 'ipv6' ? 128 : 32);
	if (!isCidr || isIP(host) === 0) return false;
	const list = new BlockList();
	list.addSubnet(network, Number(bits), family);
	return list.check(host, isIPv6(host) ? 'ipv6' : 'ipv4');
}

function sameAddress(rule: string, host: string): boolean {
	if (isIP(host) === 0) return false;
	const list = new BlockList();
	list.addAddress(rule, isIPv6(rule) ? 'ipv6' : 'ipv4');
	return list.check(host, isIPv6(host) ? 'ipv6' : 'ipv4');
}
