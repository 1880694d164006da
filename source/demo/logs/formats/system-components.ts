import type {Random} from '../../random.ts';
import {isoTime} from './words.ts';

/** klog: one letter for the severity, month and day, time, process, source. */
export function klogLine(at: number, severity: 'I' | 'W' | 'E' | 'F', source: string, message: string): string {
	const iso = isoTime(at);
	return `${severity}${iso.slice(5, 7)}${iso.slice(8, 10)} ${iso.slice(11, 23)}000       1 ${source}] ${message}`;
}

type Message = readonly [string, string];

/** What agents of the nodes say; any other speaks as a controller does. */
const agentMessages: Readonly<Record<string, readonly [Message, ...Message[]]>> = {
	'kube-proxy': [
		['bounded_frequency_runner.go:296', '"Running sync" syncRunner="sync-runner"'],
		['proxier.go:828', '"Syncing iptables rules" ipFamily="IPv4"'],
		['proxier.go:1547', '"Reloading service iptables data" ipFamily="IPv4" numServices=31 numEndpoints=66'],
	],
	'kube-flannel': [
		['iptables.go:114', 'iptables rules of the subnet are in place'],
		['vxlan_network.go:65', 'watching for subnet leases of other nodes'],
	],
	'kube-network-policies': [
		['controller.go:431', '"Syncing nftables rules" table="kube-network-policies"'],
		['controller.go:512', '"Finished syncing pods with policies" elapsed="1.9ms"'],
	],
};

const controllerMessages: readonly [Message, ...Message[]] = [
	['shared_informer.go:356', '"Caches are synced" controller="NAME"'],
	['leaderelection.go:257', '"Successfully renewed lease" lock="kube-system/NAME"'],
	['server.go:142', '"GRPC call" method="/csi.v1.Node/NodeGetVolumeStats"'],
];

/** What a controller of the cluster says in klog's form. */
export function klogLines(random: Random, at: number, name: string): readonly string[] {
	if (random.next() < 0.01) {
		return [
			klogLine(
				at,
				'W',
				'reflector.go:547',
				`"Watch ended" err="an error on the server (\\"unable to decode an event from the watch stream: http2: client connection lost\\") has prevented the request from succeeding"`,
			),
		];
	}
	const [source, message] = random.pick(agentMessages[name] ?? controllerMessages);
	return [klogLine(at, 'I', source, message.replace('NAME', name))];
}

const postgresWork = [
	'checkpoint starting: time',
	'checkpoint complete: wrote 214 buffers (1.3%); 0 WAL file(s) added',
	'automatic vacuum of table "shop.public.orders": index scans: 1',
] as const;

/** PostgreSQL's default line prefix. */
export function postgresLines(random: Random, at: number): readonly string[] {
	const iso = isoTime(at);
	const prefix = `${iso.slice(0, 10)} ${iso.slice(11, 23)} UTC [${random.integer(40, 90)}]`;
	if (random.next() < 0.05) {
		const detail = `${prefix} DETAIL:  Key (id)=(${random.integer(1000, 9999)}) already exists.`;
		return [`${prefix} ERROR:  duplicate key value violates unique constraint "orders_pkey"`, detail];
	}
	return [`${prefix} LOG:  ${random.pick(postgresWork)}`];
}

/** Redis' own form. */
export function redisLines(random: Random, at: number): readonly string[] {
	const time = new Date(at).toUTCString().slice(5, 25);
	const message = random.pick([
		'100 changes in 300 seconds. Saving...',
		`Background saving started by pid ${random.integer(200, 900)}`,
		'Background saving terminated with success',
	]);
	return [`1:M ${time}.${isoTime(at).slice(20, 23)} * ${message}`];
}

const javaClasses = ['o.e.s.catalog.PriceService', 'o.e.s.catalog.SearchController', 'kafka.server.KafkaConfig', 'o.e.s.catalog.Importer'] as const;

/** Logback's usual pattern, with a stack trace for exceptions. */
export function javaLines(random: Random, at: number, failing = 0.01): readonly string[] {
	const iso = isoTime(at);
	const prefix = `${iso.slice(0, 10)} ${iso.slice(11, 23)}`;
	const thread = `[nio-8080-exec-${random.integer(1, 10)}]`;
	const source = random.pick(javaClasses);
	if (random.next() >= failing) {
		const level = random.next() < 0.03 ? 'WARN ' : 'INFO ';
		return [
			`${prefix} ${level} ${thread} ${source} : ${random.pick(['Loaded 1840 prices in 212 ms', 'Search for "lamp" took 18 ms', 'Imported 25 items', 'Cache hit ratio 0.97'])}`,
		];
	}
	return [
		`${prefix} ERROR ${thread} ${source} : Request failed`,
		'java.lang.IllegalStateException: no price for item 8812',
		`\tat org.example.shop.catalog.PriceService.priceOf(PriceService.java:${random.integer(40, 120)})`,
		'\tat org.example.shop.catalog.SearchController.search(SearchController.java:71)',
		'\tat java.base/java.lang.Thread.run(Thread.java:1583)',
		'Caused by: java.sql.SQLTransientConnectionException: HikariPool-1 - Connection is not available, request timed out after 30001ms.',
		'\tat com.zaxxer.hikari.pool.HikariPool.createTimeoutException(HikariPool.java:709)',
		'\t... 11 more',
	];
}

/** What CoreDNS says when a name cannot be answered. */
export function coreDnsError(random: Random, cause: string, name: string): string {
	return `[ERROR] plugin/errors: 2 ${name} ${random.pick(['A', 'AAAA'])}: ${cause}`;
}
