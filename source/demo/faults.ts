/** What goes wrong with a request. */
export type Fault =
	/** Answered with this status, before anything is looked at. */
	| Readonly<{kind: 'status'; status: number; reason?: string; message?: string; retryAfterSeconds?: number}>
	/** The answer begins this much later (of the server's clock). */
	| Readonly<{kind: 'delay'; ms: number}>
	/** Never answered; the connection stays open. */
	| Readonly<{kind: 'hang'}>
	/** The connection is reset (RST) after so many bytes of the body; 0: before the headers. */
	| Readonly<{kind: 'reset'; afterBytes: number}>
	/** The server sends FIN after so many bytes of the body and never ends the body properly. */
	| Readonly<{kind: 'half-close'; afterBytes: number}>
	/** The body ends properly after so many bytes. */
	| Readonly<{kind: 'truncate'; afterBytes: number}>
	/** The body is sent in two pieces, cut at this byte, in two packets. */
	| Readonly<{kind: 'split'; atByte: number}>
	/** A line that is no JSON comes in a watch after so many of its lines. */
	| Readonly<{kind: 'garbage'; afterLines: number; line?: string}>
	/** A watch without bookmarks. */
	| Readonly<{kind: 'omit-bookmarks'}>
	/** The history is forgotten right before the request is looked at. */
	| Readonly<{kind: 'compact'}>
	/** The server's clock is off by this much: the Date header and the ages. */
	| Readonly<{kind: 'clock'; offsetMs: number}>;

export type FaultRule = Readonly<{
	fault: Fault;
	/** Any method where missing. */
	method?: string;
	/** Matched against path and query. */
	path?: RegExp;
	/** Only the nth request that matches, counted from 1; all where missing. */
	nth?: number;
}>;

export type Faults = Readonly<{
	/** From now on; disposing ends it. */
	add(rule: FaultRule): Disposable;
	clear(): void;
	/** The faults of one request. Counts it. */
	match(method: string, url: string): readonly Fault[];
}>;

export function createFaults(): Faults {
	const rules = new Map<symbol, {rule: FaultRule; seen: number}>();
	return {
		add(rule) {
			const id = Symbol(rule.fault.kind);
			rules.set(id, {rule, seen: 0});
			return {[Symbol.dispose]: () => rules.delete(id)};
		},
		clear: () => rules.clear(),
		match(method, url) {
			const faults: Fault[] = [];
			for (const entry of rules.values()) {
				const {rule} = entry;
				if ((rule.method !== undefined && rule.method !== method) || (rule.path !== undefined && url.search(rule.path) < 0)) continue;
				entry.seen += 1;
				if (rule.nth === undefined || rule.nth === entry.seen) faults.push(rule.fault);
			}
			return faults;
		},
	};
}
