import {createHash} from 'node:crypto';
import {readFile, stat} from 'node:fs/promises';
import type {Clock} from '../core/clock.ts';
import {ProblemError} from '../core/problem.ts';
import type {Material, TlsPlan} from './tls-plan.ts';

/** client-go transport/cert_rotation.go `CertCallbackRefreshDuration`. */
const lookAgainMs = 300_000;

/** PEM texts of one TLS identity. The same object as long as nothing in it changed. */
export type TlsMaterial = Readonly<{authority?: string; certificate?: string; key?: string; serverName?: string; insecure: boolean}>;

export type TlsFiles = Readonly<{
	/** Files are looked at again when 5 minutes have passed; a file that cannot be read then leaves the old text in place. */
	current(): Promise<TlsMaterial>;
	/** Looks at the files now: true when something changed. */
	reload(): Promise<boolean>;
}>;

/** Reads what a TLS plan names. Rejects with a config ProblemError naming the file that cannot be read at first. */
export function createTlsFiles(plan: TlsPlan, clock: Clock): TlsFiles {
	const files = [plan.authority, plan.certificate, plan.key].flatMap(material => (material !== undefined && 'file' in material ? [material.file] : []));
	let held: {material: TlsMaterial; stamp: string; lookedAt: number} | undefined;
	let loading: Promise<boolean> | undefined;
	const load = async (): Promise<boolean> => {
		const before = held;
		try {
			const stamp = await stampOf(files);
			if (before !== undefined && before.stamp === stamp) {
				held = {...before, lookedAt: clock.now()};
				return false;
			}
			const material = await readMaterial(plan);
			const isSame = before !== undefined && tlsDigest(before.material) === tlsDigest(material);
			held = {material: isSame ? before.material : material, stamp, lookedAt: clock.now()};
			return !isSame;
		} catch (error) {
			if (before === undefined) throw error;
			held = {...before, lookedAt: clock.now()};
			return false;
		}
	};
	const reload = () => {
		loading ??= load().finally(() => {
			loading = undefined;
		});
		return loading;
	};
	return {
		async current() {
			if (held === undefined || (files.length > 0 && clock.now() - held.lookedAt >= lookAgainMs)) await reload();
			if (held === undefined) throw new Error('TLS files were loaded and are not there');
			return held.material;
		},
		reload,
	};
}

/** One name for everything that makes two TLS connections different. */
export function tlsDigest({authority, certificate, key, serverName, insecure}: TlsMaterial): string {
	return createHash('sha256')
		.update(JSON.stringify([authority, certificate, key, serverName, insecure]))
		.digest('hex');
}

async function readMaterial(plan: TlsPlan): Promise<TlsMaterial> {
	const [authority, certificate, key] = await Promise.all([
		readPem(plan.authority, 'certificate authority'),
		readPem(plan.certificate, 'client certificate'),
		readPem(plan.key, 'client key'),
	]);
	return {
		insecure: plan.insecure,
		...(plan.serverName === undefined ? {} : {serverName: plan.serverName}),
		...(authority === undefined ? {} : {authority}),
		...(certificate === undefined ? {} : {certificate}),
		...(key === undefined ? {} : {key}),
	};
}

async function readPem(material: Material | undefined, kind: string): Promise<string | undefined> {
	if (material === undefined) return undefined;
	if ('pem' in material) return material.pem;
	try {
		return await readFile(material.file, 'latin1');
	} catch (error) {
		const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
		const cause = code === 'ENOENT' ? 'there is no such file' : code === 'EACCES' ? 'this user may not read it' : `the system said ${code}`;
		throw new ProblemError(
			{code: 'config', what: `Could not read the ${kind} ${material.file}`, cause, remedy: 'Correct its path in the kubeconfig.'},
			{cause: error},
		);
	}
}

async function stampOf(files: readonly string[]): Promise<string> {
	const stats = await Promise.all(files.map(file => stat(file).catch(() => undefined)));
	return stats.map(found => (found === undefined ? '-' : `${found.ino}:${found.size}:${found.mtimeMs}`)).join(' ');
}
