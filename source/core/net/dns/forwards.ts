import {hostPort} from '../../host-port.ts';
import type {Corefile, Directive, ServerBlock} from './corefile.ts';

/** Where a server block sends what it does not know itself. `file`: the addresses of that file on the node (dnsPolicy Default), else an address. */
export type ForwardTarget = Readonly<{kind: 'address' | 'file'; text: string; address?: string; port: number; tls: boolean}>;
/** One `forward` (or the older `proxy`) line. `stub`: only names of that zone go there. */
export type Forward = Readonly<{zone: string; stub: boolean; targets: readonly ForwardTarget[]; line: number}>;

/** Every upstream that the Corefile names, with the zone for which it is asked. Rules: coredns plugin/forward README. */
export function forwardsOf({blocks}: Pick<Corefile, 'blocks'>): readonly Forward[] {
	return blocks.flatMap(block => block.plugins.filter(({name}) => name === 'forward' || name === 'proxy').map(plugin => forwardOf(plugin, block)));
}

function forwardOf({args, line}: Directive, block: ServerBlock): Forward {
	const [from = '.', ...to] = args;
	const own = block.keys[0]?.zone ?? '.';
	const zone = from === '.' ? own : from.replace(/\.$/, '').toLowerCase();
	return {zone, stub: zone !== '.', targets: to.map(target), line};
}

function target(text: string): ForwardTarget {
	const [, scheme, rest = ''] = /^(?:(dns|tls):\/\/)?(.*)$/.exec(text) ?? [];
	const tls = scheme === 'tls';
	if (rest.startsWith('/')) return {kind: 'file', text, port: 53, tls};
	const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^:]+|[0-9a-f:]*:[0-9a-f:]*))(?::(\d+))?(?:%.*)?$/i.exec(rest) ?? [];
	const address = bracketed ?? plain ?? rest;
	return {kind: 'address', text, address, port: port === undefined ? (tls ? 853 : 53) : Number(port), tls};
}

/** The addresses to be asked directly, without doubles: `10.0.0.2:53`. What stands in files of the node is not known. */
export function upstreamAddresses(corefile: Pick<Corefile, 'blocks'>): readonly string[] {
	const all = forwardsOf(corefile).flatMap(({targets}) => targets.flatMap(({address, port}) => (address === undefined ? [] : [hostPort(address, port)])));
	return [...new Set(all)];
}
