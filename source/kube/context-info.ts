import {X509Certificate} from 'node:crypto';
import {readFile} from 'node:fs/promises';
import type {ContextInfo} from '../core/cluster-client.ts';
import type {ResolvedContext} from './config.ts';

const dayMs = 86_400_000;

/** What screens may know of a context. `certificateDays` (whole days, negative once expired) is absent where the certificate cannot be read. */
export async function contextInfo(resolved: ResolvedContext, now: number): Promise<ContextInfo> {
	const {name, clusterName, userName, namespace, server, source} = resolved;
	const certificateDays = await daysLeft(resolved, now);
	return {name, cluster: clusterName, user: userName, namespace, server, source, demo: false, ...(certificateDays === undefined ? {} : {certificateDays})};
}

async function daysLeft({tls}: ResolvedContext, now: number): Promise<number | undefined> {
	if (tls.certificate === undefined) return undefined;
	try {
		const pem = 'pem' in tls.certificate ? tls.certificate.pem : await readFile(tls.certificate.file);
		return Math.floor((Date.parse(new X509Certificate(pem).validTo) - now) / dayMs);
	} catch {
		// A broken certificate is told when it is used; the list of contexts only leaves the days out.
		return undefined;
	}
}
