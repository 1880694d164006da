// Written by bin/indexes.ts.
import type {Probe} from '../core/probe.ts';
import {dnsQuery} from './dns-query.ts';
import {httpGet} from './http-get.ts';
import {libcLookup} from './libc-lookup.ts';
import {mtu} from './mtu.ts';
import {nodeFacts} from './node-facts.ts';
import {proxyEnv} from './proxy-env.ts';
import {resolvConf} from './resolv-conf.ts';
import {tcpConnect} from './tcp-connect.ts';

// biome-ignore format: one line an entry, so that branches merge
export const probes: readonly Probe[] = [
	dnsQuery,
	httpGet,
	libcLookup,
	mtu,
	nodeFacts,
	proxyEnv,
	resolvConf,
	tcpConnect,
];
