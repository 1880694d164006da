import type {ResolvConf} from './resolv-conf.ts';

/** One name that the resolver asks for, A and AAAA each. `search`: the suffix that was added, counted from 1; undefined: the name as typed. */
export type DnsQuery = Readonly<{name: string; search?: Readonly<{suffix: string; index: number}>}>;

/**
 * The names that a resolver asks for, in order, until one has an answer (resolv.conf(5), glibc `res_nsearch`): a final dot means the
 * name alone; with ndots dots or more the name comes first and the search list after, else the other way round. musl leaves out the
 * search list of a name with enough dots.
 */
export function querySequence(name: string, {searches, ndots}: Pick<ResolvConf, 'searches' | 'ndots'>): readonly DnsQuery[] {
	if (name.endsWith('.')) return [{name}];
	const itself: DnsQuery = {name: `${name}.`};
	const searched = searches.map((suffix, index): DnsQuery => ({name: `${name}.${suffix.replace(/\.$/, '')}.`, search: {suffix, index: index + 1}}));
	const dots = name.split('.').length - 1;
	return dots >= ndots ? [itself, ...searched] : [...searched, itself];
}
