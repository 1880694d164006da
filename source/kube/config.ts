import {nearest} from '../core/nearest.ts';
import type {ProblemError} from '../core/problem.ts';
import {planAuth, type AuthPlan, type Impersonation, planImpersonation} from './auth-plan.ts';
import type {ClusterEntry, ContextEntry} from './kubeconfig-entries.ts';
import type {KubeconfigView} from './kubeconfig-files.ts';
import {brokenEntry, configProblem} from './config-problem.ts';
import {planTls, type TlsPlan} from './tls-plan.ts';
import {proxySchemes} from './proxy.ts';
import {isLoopback} from './loopback.ts';

/** One context with everything a connection needs; nothing secret was read from other files yet. */
export type ResolvedContext = Readonly<{
	name: string;
	clusterName: string;
	userName: string;
	namespace: string;
	/** The file that names the context, or `in-cluster`. */
	source: string;
	/** `https://host:port/prefix`, without a final slash. */
	server: string;
	tls: TlsPlan;
	auth: AuthPlan;
	impersonation?: Impersonation;
	proxyUrl?: string;
	/** On loopback or with `disable-compression` gzip costs more than it saves. */
	compress: boolean;
	cluster: ClusterEntry;
}>;

/** From the command line: each wins over what the files say. */
export type ContextChoice = Readonly<{
	context?: string;
	cluster?: string;
	user?: string;
	namespace?: string;
	as?: string;
	asGroups?: readonly string[];
	asUid?: string;
}>;

const shownNames = 8;
const noUser = {source: '', impersonateGroups: [], impersonateExtra: {}} as const;

/**
 * The context to use, with its cluster and user, checked as kubectl checks them (client-go clientcmd/validation.go).
 * Throws a config ProblemError; an unknown name is answered with those that exist, the nearest first.
 */
export function resolveContext(view: KubeconfigView, choice: ContextChoice = {}): ResolvedContext {
	const context = chooseContext(view, choice);
	const clusterName = choice.cluster ?? context.cluster;
	const userName = choice.user ?? context.user;
	const cluster = view.clusters.get(clusterName);
	if (cluster === undefined) throw unknownName(`context ${context.name}`, 'cluster', clusterName, [...view.clusters.keys()]);
	const user = userName === '' ? {...noUser, name: ''} : view.users.get(userName);
	if (user === undefined) throw unknownName(`context ${context.name}`, 'user', userName, [...view.users.keys()]);
	const impersonation = planImpersonation(user, choice);
	const tls = planTls(cluster, user);
	const server = serverUrl(cluster, tls);
	return {
		name: context.name,
		clusterName,
		userName,
		namespace: choice.namespace ?? context.namespace ?? 'default',
		source: context.source,
		server,
		tls,
		auth: planAuth(user),
		...(impersonation === undefined ? {} : {impersonation}),
		...(cluster.proxyUrl === undefined ? {} : {proxyUrl: checkedProxyUrl(cluster, cluster.proxyUrl)}),
		compress: !cluster.disableCompression && !isLoopback(new URL(server).hostname),
		cluster,
	};
}

function chooseContext(view: KubeconfigView, choice: ContextChoice): ContextEntry {
	const name = choice.context ?? view.current;
	const found = view.contexts.find(context => context.name === name);
	if (found !== undefined) return found;
	const names = view.contexts.map(context => context.name);
	if (name === '' && choice.cluster !== undefined)
		return {name: '', source: view.clusters.get(choice.cluster)?.source ?? '', cluster: choice.cluster, user: ''};
	if (name !== '') throw unknownName(choice.context === undefined ? 'current-context' : '--context', 'context', name, names);
	throw configProblem('Could not choose a context', 'no file sets current-context', `Choose one with --context: ${listNames('', names)}.`);
}

function unknownName(place: string, kind: string, name: string, names: readonly string[]): ProblemError {
	const cause = `${place} names the ${kind} ${name === '' ? '""' : name}, and no file that was read has one of that name`;
	return configProblem(
		`Could not use the ${kind} ${name}`,
		cause,
		names.length === 0 ? `No ${kind} exists at all.` : `There ${names.length === 1 ? 'is' : 'are'}: ${listNames(name, names)}.`,
	);
}

function listNames(wanted: string, names: readonly string[]): string {
	const best = nearest(wanted, names);
	const ordered = best === undefined ? names : [best, ...names.filter(name => name !== best)];
	return ordered.slice(0, shownNames).join(', ') + (names.length > shownNames ? ` and ${names.length - shownNames} more` : '');
}

/** As kubectl: a server without a scheme is https where TLS is set up, else http (client-go rest/url_utils.go). */
function serverUrl(cluster: ClusterEntry, tls: TlsPlan): string {
	const {server} = cluster;
	if (server === undefined) throw brokenEntry('cluster', cluster, 'it has no server');
	const isTls = tls.authority !== undefined || tls.certificate !== undefined || tls.insecure;
	const url = URL.parse(server.includes('://') ? server : `${isTls ? 'https' : 'http'}://${server}`);
	if (url === null || url.hostname === '' || (url.protocol !== 'https:' && url.protocol !== 'http:'))
		throw brokenEntry('cluster', cluster, `its server ${server} is not an http or https address`);
	return `${url.protocol}//${url.host}${url.pathname.replace(/\/+$/, '')}`;
}

function checkedProxyUrl(cluster: ClusterEntry, proxyUrl: string): string {
	const url = URL.parse(proxyUrl);
	if (url === null || !proxySchemes.has(url.protocol)) throw brokenEntry('cluster', cluster, `its proxy-url is not an http, https, socks5 or socks5h address`);
	return proxyUrl;
}
